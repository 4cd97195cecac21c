/**
 * Why a call can't be answered, by the name of its gRPC status:
 * - `INVALID_ARGUMENT`: the input is empty, corrupt or out of range; the same call never succeeds.
 * - `FAILED_PRECONDITION`: something has to come first, such as a PDF's password.
 * - `RESOURCE_EXHAUSTED`: over a limit that the server's settings name.
 * - `UNAVAILABLE`: an engine is missing or gone; trying again later may help.
 * - `DEADLINE_EXCEEDED`: the server's own time limit for one job ran out.
 * - `CANCELLED`: the client gave the call up.
 */
export type FailureCode =
	| 'INVALID_ARGUMENT'
	| 'FAILED_PRECONDITION'
	| 'RESOURCE_EXHAUSTED'
	| 'UNAVAILABLE'
	| 'DEADLINE_EXCEEDED'
	| 'CANCELLED';

/** A failure that the caller is to hear about. Its message never holds the caller's content. */
export class Failure extends Error {
	override readonly name = 'Failure';

	constructor(
		readonly code: FailureCode,
		message: string,
	) {
		super(message);
	}
}

/** The input can't be worked with, whenever it comes. */
export const invalid = (message: string): Failure => new Failure('INVALID_ARGUMENT', message);

/** The input is over a limit of this server. */
export const tooMuch = (message: string): Failure => new Failure('RESOURCE_EXHAUSTED', message);
