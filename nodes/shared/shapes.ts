import type { Calls } from './calls';
import { cancelled } from './resilience';
import type { Item } from './item';
import type {
	BatchOperation,
	FanOutOperation,
	ItemOperation,
	Result,
	StreamOperation,
} from './operation';
import { neverTried, type Outcome, type Unsuccessful } from './outcome';

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

/** One call for an item, whose messages are taken one by one as they arrive. */
export async function askForStream<Call>(
	calls: Calls<Call>,
	operation: StreamOperation<Call, unknown, unknown, unknown>,
	item: Item,
	signal: AbortSignal,
): Promise<Outcome<Result[]>> {
	return await calls.make(item, signal, async (ask) => {
		const request = await operation.toRequest(item);
		const parts = await ask(request, async (message) => await operation.fromMessage(message, item));
		return operation.fromParts(
			(parts as unknown[]).filter((part) => part !== undefined),
			item,
		);
	});
}

/** One call for all items; each gets its own outcome. An item that can't take part doesn't hold up the others. */
export async function askForAll<Call>(
	calls: Calls<Call>,
	operation: BatchOperation<Call, unknown, unknown, unknown>,
	items: Item[],
	signal: AbortSignal,
): Promise<Array<Outcome<Result[]>>> {
	const parts = await Promise.all(items.map(async (item) => await partOf(operation, item)));
	const sent = parts.filter((part) => 'part' in part);
	const [first] = sent;
	const answer = first
		? await calls.make(first.item, signal, async (ask) => {
				const own = sent.map(({ part }) => part);
				return await ask(operation.toRequest(own, first.item));
			})
		: neverTried('No item could take part');
	return await Promise.all(
		parts.map(async (part) => {
			if (!('part' in part)) return part;
			if (answer.status !== 'success') return answer;
			try {
				const place = sent.indexOf(part);
				const results = await operation.resultOf(answer.value, place, part.part, part.item);
				return { ...answer, value: Array.isArray(results) ? results : [results] };
			} catch (thrown) {
				return { ...neverTried(thrown), tries: answer.tries };
			}
		}),
	);
}

async function partOf<Call>(
	operation: BatchOperation<Call, unknown, unknown, unknown>,
	item: Item,
): Promise<{ item: Item; part: unknown } | Unsuccessful> {
	try {
		return { item, part: await operation.toPart(item) };
	} catch (thrown) {
		return neverTried(thrown);
	}
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
