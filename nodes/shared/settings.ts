import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from './operation';
import { parseWaits, type RetrySettings } from './retryPlan';

/** How a run of the node works through its items. */
export interface RunSettings {
	/** Calls under way at the same time. */
	atOnce: number;
	/** For one try. */
	timeoutMs: number;
	retry: RetrySettings;
	/** How long an answer is kept for the same request; 0 for not at all. */
	cacheSeconds: number;
	/** Whether results carry the fields of the item that they came from. */
	includeInput: boolean;
}

/** Default of Items at Once. */
export const itemsAtOnce = 5;
/** Default of Requests at Once, for operations that make several calls an item: two texts' specialists. */
export const requestsAtOnce = 10;

/** Reads the options that hold for the whole run, from the first item, and refuses what can't work. */
export function readSettings(
	context: IExecuteFunctions,
	operation: Operation<unknown>,
): RunSettings {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const number = numberReader(context, options);
	const atOnce = atOnceSetting(operation);
	return {
		atOnce: number('atOnce', atOnce.standard, 1, 100, true, atOnce.name),
		timeoutMs: 1000 * number('timeout', operation.timeoutSeconds, 0.001, 86_400, false, 'Timeout'),
		retry: readRetry(context, options, operation, number),
		cacheSeconds: 60 * number('cacheMinutes', operation.cacheSeconds / 60, 0, 1440, false, 'Cache'),
		includeInput: options.includeInput === true,
	};
}

/** What the limit on calls at once is called for an operation, and its default. */
export function atOnceSetting({ shape }: Operation<unknown>): { name: string; standard: number } {
	return shape === 'fanOut'
		? { name: 'Requests at Once', standard: requestsAtOnce }
		: { name: 'Items at Once', standard: itemsAtOnce };
}

type NumberReader = ReturnType<typeof numberReader>;

function readRetry(
	context: IExecuteFunctions,
	options: IDataObject,
	{ retryWaits }: Operation<unknown>,
	number: NumberReader,
): RetrySettings {
	const given = String(options.retryWaits ?? '');
	const waits = given === '' ? retryWaits : parseWaits(given);
	if (!waits) {
		throw new NodeOperationError(
			context.getNode(),
			`Waits Between Tries is "${given}", but seconds separated by commas are needed`,
			{ description: 'For example: 10, 30, 60' },
		);
	}
	// Who lists three waits means three retries; one wait alone says nothing about how often.
	const retries = waits.length > 1 ? waits.length : retryWaits.length;
	return {
		retries: number('retries', retries, 0, 20, true, 'Retries'),
		waits,
		doubling: options.retryDoubling === true,
		jitter: options.retryJitter === true,
	};
}

function numberReader(context: IExecuteFunctions, options: IDataObject) {
	return (
		name: string,
		fallback: number,
		min: number,
		max: number,
		whole: boolean,
		displayName: string,
	): number => {
		const given = options[name] ?? fallback;
		const value = Number(given);
		if (
			Number.isFinite(value) &&
			value >= min &&
			value <= max &&
			(!whole || Number.isInteger(value))
		) {
			return value;
		}
		throw new NodeOperationError(
			context.getNode(),
			`${displayName} is "${String(given)}", but a ${whole ? 'whole ' : ''}number from ${min} to ${max} is needed`,
		);
	};
}
