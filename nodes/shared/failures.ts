import { NodeOperationError } from 'n8n-workflow';

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

/** What went wrong and what to do about it, where the user sees nothing but a text. */
export function explain(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	const hint = thrown instanceof CallFailure ? thrown.facts.hint : undefined;
	return hint ? `${thrown.message}. ${hint}` : thrown.message;
}
