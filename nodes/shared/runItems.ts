import { bulkhead } from 'cockatiel';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { cancelled, withResilience, type Attempt } from './resilience';
import { failedItem, nodeFailure, stoppingFailure, toCallFailure } from './failures';
import { Item } from './item';
import type { FanOutOperation, ItemOperation, Operation, Result } from './operation';
import type { Outcome } from './outcome';
import { Progress } from './progress';
import { readSettings, type RunSettings } from './settings';

/** Carries one try of a call to the service and its answer back. Throws a `CallFailure`. */
export type Send<Call> = (call: Call, request: unknown, attempt: Attempt) => Promise<unknown>;

/**
 * Works through a node's input items: several at once within a limit, each with its own retries,
 * results in the order of the input and paired with it, one abort signal for all.
 *
 * When an item fails, the node stops there, unless the user wants it to go on: then the item's
 * place is taken by an item that tells what happened, and nothing is thrown, because n8n would
 * pass the input on as if it were the output.
 */
export async function runItems<Call>(
	context: IExecuteFunctions,
	operation: Operation<Call>,
	connect: () => Promise<Send<Call>>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData().map((_, index) => new Item(context, index));
	if (items.length === 0) return [[]];
	try {
		const settings = readSettings(context, operation);
		const run = new Run(context, operation, settings, await connect(), items);
		return [await run.all()];
	} catch (thrown) {
		if (!context.continueOnFail()) throw nodeFailure(context, thrown);
		const outcome = neverTried(thrown);
		return [items.map((item) => failedItem(item, outcome))];
	}
}

function neverTried(thrown: unknown): Outcome<never> & { status: 'failed' } {
	return {
		status: 'failed',
		failure: toCallFailure(thrown),
		startedAt: new Date().toISOString(),
		durationMs: 0,
		tries: 0,
	};
}

/** One execution of the node: its items share a limit, a signal and a count. */
class Run<Call> {
	private readonly places;
	private readonly stop = new AbortController();
	private readonly signal: AbortSignal;
	private readonly progress: Progress;
	private readonly sources: string[];

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation<Call>,
		private readonly settings: RunSettings,
		private readonly send: Send<Call>,
		private readonly items: Item[],
	) {
		this.places = bulkhead(settings.atOnce, Number.MAX_SAFE_INTEGER);
		const stopped = context.getExecutionCancelSignal();
		this.signal = stopped ? AbortSignal.any([stopped, this.stop.signal]) : this.stop.signal;
		this.progress = new Progress(context, items.length);
		this.sources = operation.shape === 'fanOut' ? operation.sources(items) : [];
	}

	async all(): Promise<INodeExecutionData[]> {
		try {
			const outputs = await Promise.all(this.items.map(async (item) => await this.one(item)));
			return outputs.flat();
		} finally {
			// When an item stops the node, nobody wants the other answers any more.
			this.stop.abort();
			this.progress.conclude();
		}
	}

	private async one(item: Item): Promise<INodeExecutionData[]> {
		const { operation } = this;
		const outcome = await (operation.shape === 'item'
			? this.single(operation, item)
			: this.fanOut(operation, item));
		this.progress.ended();
		if (outcome.status === 'success') {
			return outcome.value.map((result) => this.paired(result, item));
		}
		this.context.logger.info('Item did not succeed', {
			node: this.context.getNode().name,
			item: item.index,
			kind: outcome.failure.kind,
			tries: outcome.tries,
		});
		if (this.context.continueOnFail()) return [failedItem(item, outcome)];
		throw stoppingFailure(this.context, item, outcome);
	}

	private async single(
		operation: ItemOperation<Call, unknown, unknown>,
		item: Item,
	): Promise<Outcome<Result[]>> {
		return await this.carryOut(this.signal, item, async (call) => {
			const request = await operation.toRequest(item);
			return asList(await operation.fromResponse(await call(request), item));
		});
	}

	private async fanOut(
		operation: FanOutOperation<Call, unknown, unknown>,
		item: Item,
	): Promise<Outcome<Result[]>> {
		const begun = Date.now();
		try {
			const branches = operation.branches(item);
			const requests = await Promise.all(
				branches.map(async (branch) => await operation.toRequest(item, branch)),
			);
			const enough = operation.enough(item);
			const decided = new AbortController();
			const signal = AbortSignal.any([this.signal, decided.signal]);
			let succeeded = 0;
			const outcomes = await Promise.all(
				branches.map(async (branch, position) => {
					const outcome = await this.carryOut(
						signal,
						item,
						async (call) => await call(requests[position]),
					);
					if (outcome.status === 'success' && ++succeeded === enough) decided.abort();
					return { branch, outcome };
				}),
			);
			if (this.signal.aborted) throw cancelled();
			return {
				status: 'success',
				value: operation.fromOutcomes(outcomes, this.sources[item.index] ?? '', item),
				startedAt: new Date(begun).toISOString(),
				durationMs: Date.now() - begun,
				tries: 1,
			};
		} catch (thrown) {
			return neverTried(thrown);
		}
	}

	/** Does a piece of work when a place is free; how it ended is the answer. */
	private async carryOut<Value>(
		signal: AbortSignal,
		item: Item,
		work: (call: (request: unknown) => Promise<unknown>) => Promise<Value>,
	): Promise<Outcome<Value>> {
		let startedAt = new Date();
		let tries = 0;
		const timing = () => ({
			startedAt: startedAt.toISOString(),
			durationMs: Date.now() - startedAt.getTime(),
			tries,
		});
		try {
			const value = await this.places.execute(async () => {
				startedAt = new Date();
				if (signal.aborted) throw cancelled();
				return await work(
					async (request) =>
						await withResilience(
							async (attempt) => {
								tries = attempt.number;
								const answer = await this.send(this.operation.call, request, attempt);
								this.progress.note(this.operation.hint?.(answer));
								return answer;
							},
							{
								settings: this.settings,
								idempotent: this.mayRepeat(item),
								signal,
								onRetry: (retry) => this.progress.waiting(item, retry),
							},
						),
				);
			});
			return { status: 'success', value, ...timing() };
		} catch (thrown) {
			const failure = signal.aborted ? cancelled() : toCallFailure(thrown);
			const status = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
			return { status, failure, ...timing() };
		}
	}

	private mayRepeat(item: Item): boolean {
		const { idempotent } = this.operation;
		return typeof idempotent === 'function' ? idempotent(item) : idempotent;
	}

	private paired({ json, binary }: Result, item: Item): INodeExecutionData {
		return {
			json: this.settings.includeInput ? { ...item.json, ...json } : json,
			...(binary && { binary }),
			pairedItem: { item: item.index },
		};
	}
}

function asList(results: Result | Result[]): Result[] {
	return Array.isArray(results) ? results : [results];
}
