import { toCallFailure, type CallFailure } from './failures';

/** When a piece of work ran and how often it was tried. */
export interface Timing {
	/** ISO 8601, when the first try began (waiting for a free place is not counted). */
	startedAt: string;
	/** From the first try's beginning to the end, waits between tries included. */
	durationMs: number;
	/** Tries made, the first included; 0 when it was cancelled before its turn came, or cached. */
	tries: number;
	/** Whether the answer was kept from an earlier call. */
	cached?: boolean;
}

/** A piece of work that gave no result. */
export type Unsuccessful = Timing & { status: 'failed' | 'cancelled'; failure: CallFailure };

/** How a piece of work ended. It never rejects: what went wrong is part of the account. */
export type Outcome<Value> = (Timing & { status: 'success'; value: Value }) | Unsuccessful;

/** The account of work that could not even begin. */
export function neverTried(thrown: unknown): Unsuccessful {
	return {
		status: 'failed',
		failure: toCallFailure(thrown),
		startedAt: new Date().toISOString(),
		durationMs: 0,
		tries: 0,
	};
}
