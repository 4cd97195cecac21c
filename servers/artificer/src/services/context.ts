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
