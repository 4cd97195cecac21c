/** Measures a call's own time, in whole ms, as the contract's `processing_time_ms`. */
export function stopwatch(): () => number {
	const startedAt = performance.now();
	return () => Math.round(performance.now() - startedAt);
}
