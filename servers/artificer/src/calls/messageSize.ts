import * as grpc from '@grpc/grpc-js';

/** How the library begins its details; they name the two sizes but not what to do. */
const TOO_LARGE = /^Received message larger than max \((\d+) vs\. (\d+)\)/;

/** Says which setting sets the limit where a request is larger than it. */
export const explainMessageSize: grpc.ServerInterceptor = (_method, call) =>
	new grpc.ServerInterceptingCall(call, {
		sendStatus: (status, next) => {
			const [, given, limit] = TOO_LARGE.exec(status.details ?? '') ?? [];
			if (given === undefined) return next(status);
			const details =
				`Received message larger than max (${given} vs. ${limit} bytes). Send a smaller file, ` +
				'or raise ARTIFICER_MAX_MESSAGE_MB on the server.';
			return next({ ...status, details });
		},
	});
