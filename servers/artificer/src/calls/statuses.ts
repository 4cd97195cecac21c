import type * as grpc from '@grpc/grpc-js';

type Status = Parameters<grpc.ServerInterceptingCallInterface['sendStatus']>[0];

/**
 * Passes every status of a call through a function before it is sent. The library sends some by
 * itself, past the interceptors' own hook (a message over the limit, a deadline), so the call's
 * method is taken over. The interceptor that does it has to be the first, which has the bare call.
 */
export function passStatuses(
	call: grpc.ServerInterceptingCallInterface,
	pass: (status: Status) => Status,
): void {
	const send = call.sendStatus.bind(call);
	call.sendStatus = (status) => send(pass(status));
}
