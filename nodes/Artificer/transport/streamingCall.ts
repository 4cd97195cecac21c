import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';

import type { OnMessage } from '../../shared/calls';
import type { Attempt } from '../../shared/resilience';
import { hidingSecrets } from '../../shared/secrets';
import { withChannel, type Work } from './channelPool';
import { artificerSecrets, type ArtificerCredential } from './connection';
import { withMetadata, type RpcRequest } from './request';
import { methodOf, type Rpc } from './services';
import { statusFailure } from './statusFailure';

/**
 * Sends one request and takes the messages of its answer one by one: while one is being handled the
 * server is held back. Gives what the handler made of them. Rejects with a `CallFailure`.
 */
export async function streamingCall(
	credential: ArtificerCredential,
	rpc: Rpc,
	{ message, metadata }: RpcRequest,
	{ signal, timeoutMs }: Attempt,
	onMessage: OnMessage,
): Promise<unknown[]> {
	const method = methodOf(rpc);
	const send: Work<unknown[]> = async (client, connection) => {
		const call: ClientReadableStream<unknown> = client.makeServerStreamRequest(
			method.path,
			method.requestSerialize,
			method.responseDeserialize,
			message,
			withMetadata(connection.metadata, metadata),
			{ deadline: Date.now() + timeoutMs },
		);
		const cancel = () => call.cancel();
		signal.addEventListener('abort', cancel, { once: true });
		// The event doesn't come again for a signal that was aborted before.
		if (signal.aborted) cancel();
		try {
			const parts: unknown[] = [];
			for await (const received of call) parts.push(await onMessage(received));
			return parts;
		} catch (thrown) {
			throw isServiceError(thrown) ? statusFailure(thrown, connection, timeoutMs) : thrown;
		} finally {
			signal.removeEventListener('abort', cancel);
			// Where a message could not be handled, the server need not send the others.
			call.cancel();
		}
	};
	return await hidingSecrets(
		artificerSecrets(credential),
		async () => await withChannel(credential, send),
	);
}

function isServiceError(thrown: unknown): thrown is ServiceError {
	return thrown instanceof Error && typeof (thrown as Partial<ServiceError>).code === 'number';
}
