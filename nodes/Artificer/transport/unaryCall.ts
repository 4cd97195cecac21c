import type { ClientUnaryCall, Metadata, ServiceError } from '@grpc/grpc-js';

import type { Attempt } from '../../shared/resilience';
import { withChannel } from './channelPool';
import type { ArtificerCredential } from './connection';
import { clientClasses, type Rpc } from './services';
import { statusFailure } from './statusFailure';

/** Sends one request and waits for its one answer. Rejects with a `CallFailure`. */
export async function unaryCall(
	credential: ArtificerCredential,
	rpc: Rpc,
	request: unknown,
	{ signal, timeoutMs }: Attempt,
	extra: Record<string, string> = {},
): Promise<unknown> {
	const method = clientClasses()[rpc.service].service[rpc.method];
	if (!method) throw new Error(`The .proto files have no ${rpc.service}.${rpc.method}.`);
	return await withChannel(credential, async (client, connection) => {
		const metadata = withExtra(connection.metadata, extra);
		return await new Promise((resolve, reject) => {
			const call: ClientUnaryCall = client.makeUnaryRequest(
				method.path,
				method.requestSerialize,
				method.responseDeserialize,
				request,
				metadata,
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
	});
}

function withExtra(metadata: Metadata, extra: Record<string, string>): Metadata {
	const own = metadata.clone();
	for (const [name, value] of Object.entries(extra)) own.set(name, value);
	return own;
}
