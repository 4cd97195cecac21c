/**
 * Works on items with up to `window` of them under way and yields results in the items' order. The
 * next item is begun only when a result has been taken, so that a slow reader holds the work back
 * and memory stays bounded. When one fails, or the reader stops, the others are aborted.
 */
export async function* inOrder<Item, Result>(
	items: Iterable<Item>,
	window: number,
	signal: AbortSignal,
	work: (item: Item, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
	const rest = new AbortController();
	const either = AbortSignal.any([signal, rest.signal]);
	const underWay: Promise<Result>[] = [];
	const source = items[Symbol.iterator]();
	const begin = (): void => {
		const next = source.next();
		if (next.done === true) return;
		const result = work(next.value, either);
		// Its failure is seen when its turn comes; until then it is no unhandled one.
		result.catch(() => undefined);
		underWay.push(result);
	};
	try {
		for (let count = 0; count < window; count += 1) begin();
		for (let first = underWay.shift(); first !== undefined; first = underWay.shift()) {
			const result = await first;
			yield result;
			begin();
		}
	} finally {
		rest.abort(new Error('no more results are wanted'));
	}
}
