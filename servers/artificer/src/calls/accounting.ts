import * as grpc from '@grpc/grpc-js';
import { logCall } from './log.js';
import type { CallMetrics } from './metrics.js';
import { nameOf } from './names.js';

/** Logs and counts every call once, however it ends. Has to be the outermost interceptor. */
export function accounting(metrics: CallMetrics): grpc.ServerInterceptor {
	return (method, call) => {
		const startedAt = performance.now();
		const name = nameOf(method.path);
		let accounted = false;
		const account = (code: grpc.status): void => {
			if (accounted) return;
			accounted = true;
			const ms = Math.round((performance.now() - startedAt) * 100) / 100;
			logCall({ rpc: `${name.service}/${name.rpc}`, status: grpc.status[code], ms });
			if (name.isArtificer) metrics.record(name.rpc, ms, code !== grpc.status.OK);
		};
		return new grpc.ServerInterceptingCall(call, {
			start: (next) =>
				next(
					new grpc.ServerListenerBuilder()
						.withOnCancel(() => account(grpc.status.CANCELLED))
						.build(),
				),
			sendStatus: (status, next) => {
				account(status.code ?? grpc.status.UNKNOWN);
				next(status);
			},
		});
	};
}
