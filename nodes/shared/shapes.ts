import type { Calls } from './calls';
import { cancelled } from './resilience';
import type { Item } from './item';
import type { FanOutOperation, ItemOperation, Result } from './operation';
import { neverTried, type Outcome } from './outcome';

/** One call for an item. The request is made when its turn comes, so that its file isn't held before. */
export async function askOnce<Call>(
	calls: Calls<Call>,
	operation: ItemOperation<Call, unknown, unknown>,
	item: Item,
	signal: AbortSignal,
): Promise<Outcome<Result[]>> {
	return await calls.make(item, signal, async (ask) => {
		const request = await operation.toRequest(item);
		const results = await operation.fromResponse(await ask(request), item);
		return Array.isArray(results) ? results : [results];
	});
}

/** Several calls for an item, all at once; when enough have succeeded, the others are cancelled. */
export async function askMany<Call>(
	calls: Calls<Call>,
	operation: FanOutOperation<Call, unknown, unknown>,
	item: Item,
	source: string,
	signal: AbortSignal,
): Promise<Outcome<Result[]>> {
	const begun = new Date();
	try {
		const branches = operation.branches(item);
		const requests = await Promise.all(
			branches.map(async (branch) => await operation.toRequest(item, branch)),
		);
		const enough = operation.enough(item);
		const decided = new AbortController();
		const either = AbortSignal.any([signal, decided.signal]);
		let succeeded = 0;
		const outcomes = await Promise.all(
			branches.map(async (branch, position) => {
				const outcome = await calls.make(
					item,
					either,
					async (ask) => await ask(requests[position]),
				);
				if (outcome.status === 'success' && ++succeeded === enough) decided.abort();
				return { branch, outcome };
			}),
		);
		// Stopped by the user, an item has no account: who had not answered yet would look like a failure.
		if (signal.aborted) throw cancelled();
		return {
			status: 'success',
			value: operation.fromOutcomes(outcomes, source, item),
			startedAt: begun.toISOString(),
			durationMs: Date.now() - begun.getTime(),
			tries: Math.max(...outcomes.map(({ outcome }) => outcome.tries)),
		};
	} catch (thrown) {
		return neverTried(thrown);
	}
}
