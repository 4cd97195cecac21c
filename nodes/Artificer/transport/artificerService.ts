import type { Service } from '../../shared/calls';
import { digestOf } from '../../shared/digest';
import type { ArtificerCredential } from './connection';
import type { RpcRequest } from './request';
import { methodOf, type Rpc } from './services';
import { streamingCall } from './streamingCall';
import { unaryCall } from './unaryCall';

/** An Artificer, connected by a credential. */
export function artificerService(credential: ArtificerCredential): Service<Rpc> {
	return {
		identity: digestOf(credential),
		async send(rpc, request, attempt, onMessage) {
			const given = request as RpcRequest;
			if (!methodOf(rpc).responseStream) return await unaryCall(credential, rpc, given, attempt);
			// Where nobody takes the messages one by one, they are the answer, all together.
			const take = onMessage ?? (async (message: unknown) => await Promise.resolve(message));
			return await streamingCall(credential, rpc, given, attempt, take);
		},
	};
}
