import type { CallFailure } from './failures';

/** When a piece of work ran and how often it was tried. */
export interface Timing {
	/** ISO 8601, when the first try began (waiting for a free place is not counted). */
	startedAt: string;
	/** From the first try's beginning to the end, waits between tries included. */
	durationMs: number;
	/** Tries made, the first included; 0 when it was cancelled before its turn came. */
	tries: number;
}

/** How a piece of work ended. It never rejects: what went wrong is part of the account. */
export type Outcome<Value> =
	| (Timing & { status: 'success'; value: Value })
	| (Timing & { status: 'failed' | 'cancelled'; failure: CallFailure });
