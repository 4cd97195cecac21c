import * as grpc from '@grpc/grpc-js';
import { explainMessageSize } from './messageSize.js';
import { logCall } from './log.js';
import type { Monitor } from '../monitoring/monitor.js';
import type { CallMetrics } from './metrics.js';
import { nameOf } from './names.js';
import { passStatuses } from './statuses.js';

/**
 * Logs and counts every call once, however it ends. Has to be the first interceptor, nearest to the
 * wire, so that it sees what the others and the library itself answer.
 */
export function accounting(metrics: CallMetrics, monitor: Monitor): grpc.ServerInterceptor {
	return (method, call) => {
		const startedAt = performance.now();
		const name = nameOf(method.path);
		let accounted = false;
		monitor.callBegan();
		const account = (code: grpc.status): void => {
			if (accounted) return;
			accounted = true;
			const ms = Math.round((performance.now() - startedAt) * 100) / 100;
			const rpc = `${name.service}/${name.rpc}`;
			const status = grpc.status[code] ?? 'UNKNOWN';
			logCall({ rpc, status, ms });
			monitor.callEnded(rpc, status, ms);
			if (name.isArtificer) metrics.record(name.rpc, ms, code !== grpc.status.OK);
		};
		passStatuses(call, (status) => {
			account(status.code ?? grpc.status.UNKNOWN);
			return { ...status, details: explainMessageSize(status.details ?? '') };
		});
		const cancel = new grpc.ServerListenerBuilder()
			.withOnCancel(() => account(grpc.status.CANCELLED))
			.build();
		return new grpc.ServerInterceptingCall(call, { start: (next) => next(cancel) });
	};
}
