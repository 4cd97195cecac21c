import * as grpc from '@grpc/grpc-js';
import { nameOf } from './names.js';

/**
 * Answers RESOURCE_EXHAUSTED at once, before the message is read, while `most` calls that compute
 * are under way. Health and metrics are always let in: they compute nothing.
 */
export function admission(most: number): grpc.ServerInterceptor {
	let underWay = 0;
	return (method, call) => {
		const name = nameOf(method.path);
		if (!name.isArtificer || name.service === 'MetricsService') {
			return new grpc.ServerInterceptingCall(call);
		}
		let admitted = false;
		const leave = (): void => {
			if (admitted) underWay -= 1;
			admitted = false;
		};
		return new grpc.ServerInterceptingCall(call, {
			start: (next) =>
				next(
					new grpc.ServerListenerBuilder()
						.withOnReceiveMetadata((metadata, proceed) => {
							if (underWay >= most) {
								const details =
									`${underWay} calls are under way, which is this server's limit. Try again later, ` +
									'send fewer at once, or raise ARTIFICER_MAX_WAITING_CALLS on the server.';
								call.sendStatus({ code: grpc.status.RESOURCE_EXHAUSTED, details });
								return;
							}
							admitted = true;
							underWay += 1;
							proceed(metadata);
						})
						.withOnCancel(leave)
						.build(),
				),
			sendStatus: (status, next) => {
				leave();
				next(status);
			},
		});
	};
}
