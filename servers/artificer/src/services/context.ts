import type { CallMetrics } from '../calls/metrics.js';
import type { Monitor } from '../monitoring/monitor.js';
import type { Settings } from '../settings.js';
import type { Pool } from '../workers/pool.js';
import type { Ocr } from './ocr.js';

/** What services work with. */
export interface ServiceContext {
	settings: Settings;
	pool: Pool;
	metrics: CallMetrics;
	monitor: Monitor;
	ocr: Ocr;
}

/** Measures a call's own time, in whole ms, as the contract's `processing_time_ms`. */
export function stopwatch(): () => number {
	const startedAt = performance.now();
	return () => Math.round(performance.now() - startedAt);
}
