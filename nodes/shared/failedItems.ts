import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { CallFailure } from './failures';
import type { Item } from './item';
import type { Unsuccessful } from './outcome';

/** What is known about a failure, as data: for failed items, failed votes and logs. */
export function failureDetails(
	item: Pick<Item, 'index' | 'fileName'>,
	{ failure, tries }: { failure: CallFailure; tries: number },
): IDataObject {
	const { status, server, answer, hint } = failure.facts;
	return {
		itemIndex: item.index,
		...(item.fileName && { fileName: item.fileName }),
		kind: failure.kind,
		...(status && { status }),
		tries,
		...(server && { server }),
		...(answer && { answer }),
		...(hint && { hint }),
	};
}

/**
 * An item that stands for a failure: exactly `error`, `message` and `details`, because only then
 * n8n sends it to the error output with all that it holds.
 */
export function failedItem(
	item: Pick<Item, 'index' | 'fileName'>,
	outcome: Unsuccessful,
): INodeExecutionData {
	const { failure } = outcome;
	return {
		json: {
			error: failure.message,
			message: failure.facts.hint ? `${failure.message}. ${failure.facts.hint}` : failure.message,
			details: failureDetails(item, outcome),
		},
		pairedItem: { item: item.index },
	};
}

/** What is thrown to stop the node at an item: n8n shows its message, the hint below it, the item's number. */
export function stoppingFailure(
	context: IExecuteFunctions,
	item: Item,
	outcome: Unsuccessful,
): NodeApiError | NodeOperationError {
	const { failure, tries } = outcome;
	const named = item.fileName ? `${item.fileName}: ${failure.message}` : failure.message;
	const message = tries > 1 ? `${named} (${tries} tries)` : named;
	const description = [failure.facts.hint, failure.facts.answer].filter(Boolean).join(' ');
	const options = { message, description, itemIndex: item.index };
	if (failure.kind === 'input' || failure.kind === 'cancelled') {
		return new NodeOperationError(context.getNode(), message, options);
	}
	return new NodeApiError(
		context.getNode(),
		{ message, description },
		{ ...options, httpCode: shownCode(failure) },
	);
}

/** n8n puts a sentence of its own in place of ours where the code is one of Node's, as ECONNREFUSED. */
function shownCode({ kind, facts }: CallFailure): string {
	return facts.status && !/^E[A-Z_]+$/.test(facts.status) ? facts.status : kind;
}

/** What may be thrown out of a node: n8n shows these two well, and wraps whatever else there is. */
export function nodeFailure(
	context: IExecuteFunctions,
	thrown: unknown,
): NodeApiError | NodeOperationError {
	if (thrown instanceof NodeApiError || thrown instanceof NodeOperationError) return thrown;
	if (thrown instanceof CallFailure) {
		return new NodeOperationError(context.getNode(), thrown.message, {
			...(thrown.facts.hint && { description: thrown.facts.hint }),
		});
	}
	return new NodeOperationError(
		context.getNode(),
		thrown instanceof Error ? thrown : String(thrown),
	);
}
