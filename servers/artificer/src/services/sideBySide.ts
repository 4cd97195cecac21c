/** Runs a function `count` times side by side. When one fails, the others are aborted. */
export async function sideBySide(
	count: number,
	signal: AbortSignal,
	work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
	const rest = new AbortController();
	const either = AbortSignal.any([signal, rest.signal]);
	try {
		await Promise.all(Array.from({ length: count }, () => work(either)));
	} catch (failure) {
		rest.abort(failure);
		throw failure;
	}
}
