import * as grpc from '@grpc/grpc-js';
import { asOneCall } from './account.js';
import { Failure } from './failure.js';
import { logFault } from './log.js';

/** What a handler knows of its call besides the request. */
export interface CallContext {
	/** Aborted when the client cancels, goes away, or its deadline passes. */
	signal: AbortSignal;
	metadata: grpc.Metadata;
}

type AnyCall = grpc.ServerUnaryCall<never, never> | grpc.ServerWritableStream<never, never>;

function contextOf(
	call: Pick<AnyCall, 'metadata' | 'cancelled'> & NodeJS.EventEmitter,
): CallContext {
	const controller = new AbortController();
	const giveUp = (): void => {
		controller.abort(new Failure('CANCELLED', 'The client gave the call up.'));
	};
	// A call can be cancelled before its handler runs; the event doesn't come again then.
	if (call.cancelled) giveUp();
	call.once('cancelled', giveUp);
	return { signal: controller.signal, metadata: call.metadata };
}

function statusOf(error: unknown): grpc.StatusObject {
	const metadata = new grpc.Metadata();
	if (error instanceof Failure) {
		return { code: grpc.status[error.code], details: error.message, metadata };
	}
	logFault(error);
	const details =
		'The server met a fault of its own; its log has the place. ' +
		'Please report it with the kind of input that led to it.';
	return { code: grpc.status.INTERNAL, details, metadata };
}

/** Answers a unary RPC by a function that returns the response or throws. */
export function unary<Request, Response>(
	work: (request: Request, context: CallContext) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
	return (call, callback) => {
		// Within a promise, so that what the work throws at once becomes a status as well.
		Promise.resolve()
			.then(() => asOneCall(() => work(call.request, contextOf(call))))
			.then(
				(response) => callback(null, response),
				(error: unknown) => callback(statusOf(error)),
			);
	};
}

/** Waits until the message is handed on, so that a slow reader slows the work, not fills memory. */
function send<Response>(
	call: grpc.ServerWritableStream<never, Response>,
	message: Response,
	signal: AbortSignal,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const giveUp = (): void => reject(signal.reason);
		signal.addEventListener('abort', giveUp, { once: true });
		call.write(message, () => {
			signal.removeEventListener('abort', giveUp);
			resolve();
		});
	});
}

/** Answers a server-streaming RPC by a function that yields messages; nothing is sent before one. */
export function streaming<Request, Response>(
	work: (request: Request, context: CallContext) => AsyncIterable<Response>,
): grpc.handleServerStreamingCall<Request, Response> {
	return (call) => {
		const context = contextOf(call);
		const run = async (): Promise<void> => {
			for await (const message of work(call.request, context)) {
				context.signal.throwIfAborted();
				await send(call as grpc.ServerWritableStream<never, Response>, message, context.signal);
			}
		};
		asOneCall(run).then(
			() => call.end(),
			(error: unknown) => call.emit('error', statusOf(error)),
		);
	};
}
