import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { Calls, type Service } from './calls';
import { failedItem, nodeFailure, stoppingFailure } from './failedItems';
import { Item } from './item';
import type { Operation, Result } from './operation';
import { neverTried, type Outcome } from './outcome';
import { Parameters } from './parameters';
import { Progress } from './progress';
import { readSettings, type RunSettings } from './settings';
import { askForAll, askForStream, askMany, askOnce } from './shapes';

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
	connect: () => Promise<Service<Call>>,
): Promise<INodeExecutionData[][]> {
	const parameters = new Parameters(context);
	const items = context.getInputData().map((_, index) => new Item(context, index, parameters));
	if (items.length === 0) return [[]];
	try {
		const settings = readSettings(context, operation);
		return [await runAll(context, operation, settings, await connect(), items)];
	} catch (thrown) {
		if (!context.continueOnFail()) throw nodeFailure(context, thrown);
		const outcome = neverTried(thrown);
		return [items.map((item) => failedItem(item, outcome))];
	}
}

async function runAll<Call>(
	context: IExecuteFunctions,
	operation: Operation<Call>,
	settings: RunSettings,
	service: Service<Call>,
	items: Item[],
): Promise<INodeExecutionData[]> {
	const stop = new AbortController();
	const stopped = context.getExecutionCancelSignal();
	const signal = stopped ? AbortSignal.any([stopped, stop.signal]) : stop.signal;
	const progress = new Progress(context, items.length);
	progress.begun(operation, settings.atOnce);
	const calls = new Calls(operation, settings, service, progress);
	const outcomes = outcomesOf(operation, calls, items, signal);
	try {
		const outputs = await Promise.all(
			items.map(async (item) => {
				const outcome = await outcomes(item);
				progress.ended(item, outcome);
				return toItems(context, settings, item, outcome);
			}),
		);
		return outputs.flat();
	} finally {
		// When an item stops the node, nobody wants the other answers any more.
		stop.abort();
		progress.conclude();
	}
}

/** How each item's outcome comes about, by the shape of the operation. */
function outcomesOf<Call>(
	operation: Operation<Call>,
	calls: Calls<Call>,
	items: Item[],
	signal: AbortSignal,
): (item: Item) => Promise<Outcome<Result[]>> {
	switch (operation.shape) {
		case 'item':
			return async (item) => await askOnce(calls, operation, item, signal);
		case 'stream':
			return async (item) => await askForStream(calls, operation, item, signal);
		case 'fanOut': {
			const sources = operation.sources(items);
			return async (item) =>
				await askMany(calls, operation, item, sources[item.index] ?? '', signal);
		}
		case 'batch': {
			const all = askForAll(calls, operation, items, signal);
			return async (item) => (await all)[item.index] ?? neverTried('This item was left out');
		}
	}
}

function toItems(
	context: IExecuteFunctions,
	{ includeInput }: RunSettings,
	item: Item,
	outcome: Outcome<Result[]>,
): INodeExecutionData[] {
	if (outcome.status === 'success') {
		return outcome.value.map(({ json, binary }) => ({
			json: {
				...(includeInput && item.json),
				...json,
				...(outcome.cached && { metadata: { ...(json.metadata as IDataObject), cached: true } }),
			},
			...(binary && { binary }),
			pairedItem: { item: item.index },
		}));
	}
	if (context.continueOnFail()) return [failedItem(item, outcome)];
	throw stoppingFailure(context, item, outcome);
}
