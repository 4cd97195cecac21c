import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Item } from './item';
import type { Outcome } from './outcome';

/**
 * What kind of thing went wrong; decides what is tried again.
 *
 * - `unreachable`: the service was never reached, so a repetition can do no harm
 * - `lost`: the connection or the answer was lost on the way
 * - `busy`: the service asks to come back later
 * - `server`: the service could not do it this time
 * - `timeout`: no answer within the time allowed
 * - `rejected`: the service looked at the request and declines it for good
 * - `input`: the request could not be made from the item
 * - `cancelled`: nobody wants the answer any more
 */
export type FailureKind =
	'unreachable' | 'lost' | 'busy' | 'server' | 'timeout' | 'rejected' | 'input' | 'cancelled';

export interface FailureFacts {
	/** What to do about it, one sentence. */
	hint?: string | undefined;
	/** The service's own status: a gRPC status name or an HTTP status code. */
	status?: string | undefined;
	/** What the service said, where that adds something to the message. */
	answer?: string | undefined;
	/** Address of the service, without credentials. */
	server?: string | undefined;
	/** How long the service asked to wait before the next try, in ms. */
	retryAfterMs?: number | undefined;
}

/** One call that did not give a result, said so that a person understands it. */
export class CallFailure extends Error {
	override readonly name = 'CallFailure';

	constructor(
		readonly kind: FailureKind,
		message: string,
		readonly facts: FailureFacts = {},
	) {
		super(message);
	}

	/** Whether another try can help. `idempotent` says whether asking twice does no harm. */
	canBeTriedAgain(idempotent: boolean): boolean {
		if (this.kind === 'unreachable' || this.kind === 'busy') return true;
		return idempotent && ['lost', 'server', 'timeout'].includes(this.kind);
	}
}

/** Turns whatever was thrown into a `CallFailure`; what nobody foresaw keeps its own words. */
export function toCallFailure(thrown: unknown): CallFailure {
	if (thrown instanceof CallFailure) return thrown;
	if (thrown instanceof NodeOperationError) {
		return new CallFailure('input', thrown.message, { hint: thrown.description ?? undefined });
	}
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	return new CallFailure('rejected', message);
}

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
	outcome: Exclude<Outcome<unknown>, { status: 'success' }>,
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
	outcome: Exclude<Outcome<unknown>, { status: 'success' }>,
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
		{ ...options, httpCode: failure.facts.status ?? failure.kind },
	);
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
