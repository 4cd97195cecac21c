import type { ClientUnaryCall, ServiceError } from '@grpc/grpc-js';

import type { Attempt } from '../../shared/resilience';
import { hidingSecrets } from '../../shared/secrets';
import { withChannel, type Work } from './channelPool';
import { artificerSecrets, type ArtificerCredential } from './connection';
import { withMetadata, type RpcRequest } from './request';
import { methodOf, type Rpc } from './services';
import { statusFailure } from './statusFailure';

/** Sends one request and waits for its one answer. Rejects with a `CallFailure`. */
export async function unaryCall(
	credential: ArtificerCredential,
	rpc: Rpc,
	{ message, metadata }: RpcRequest,
	{ signal, timeoutMs }: Attempt,
): Promise<unknown> {
	const method = methodOf(rpc);
	const send: Work<unknown> = async (client, connection) =>
		await new Promise((resolve, reject) => {
			const call: ClientUnaryCall = client.makeUnaryRequest(
				method.path,
				method.requestSerialize,
				method.responseDeserialize,
				message,
				withMetadata(connection.metadata, metadata),
				{ deadline: Date.now() + timeoutMs },
				(thrown: ServiceError | null, response: unknown) => {
					signal.removeEventListener('abort', cancel);
					if (thrown) reject(statusFailure(thrown, connection, timeoutMs));
					else resolve(response);
				},
			);
			const cancel = () => call.cancel();
			signal.addEventListener('abort', cancel, { once: true });
			// The event doesn't come again for a signal that was aborted before.
			if (signal.aborted) cancel();
		});
	return await hidingSecrets(
		artificerSecrets(credential),
		async () => await withChannel(credential, send),
	);
}
