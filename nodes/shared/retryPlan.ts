export interface RetrySettings {
	/** Tries after the first, 0 to 20. */
	retries: number;
	/** Seconds before each further try; the last one serves for all that follow. */
	waits: number[];
	/** Whether the wait doubles from the last listed one on, instead of staying the same. */
	doubling: boolean;
	/** Whether each wait is drawn between half and all of itself, so that many callers don't come back at once. */
	jitter: boolean;
}

/** The longest wait between two tries, in ms: an hour, n8n's executions are rarely allowed longer. */
export const longestWaitMs = 3_600_000;

/**
 * The wait before a further try, in ms.
 *
 * @param retry 1 for the first repetition
 * @param random from 0 to 1, drawn anew for each wait
 */
export function waitMs(settings: RetrySettings, retry: number, random: number): number {
	const spread = settings.jitter ? 0.5 + random / 2 : 1;
	return Math.min(longestWaitMs, Math.round(plannedSeconds(settings, retry) * 1000 * spread));
}

function plannedSeconds({ waits, doubling }: RetrySettings, retry: number): number {
	const last = waits.at(-1) ?? 0;
	const beyond = Math.max(0, retry - waits.length);
	return waits[retry - 1] ?? (doubling ? last * 2 ** beyond : last);
}

/** Reads waits such as `10, 30, 60` (seconds). Returns undefined where it is not such a list. */
export function parseWaits(text: string): number[] | undefined {
	const waits = text
		.split(/[,;\s]+/)
		.filter((part) => part !== '')
		.map(Number);
	const valid = waits.length > 0 && waits.every((wait) => Number.isFinite(wait) && wait >= 0);
	return valid ? waits : undefined;
}
