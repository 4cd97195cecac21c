// @ts-check
import { createRequire } from 'node:module';
import { Client, credentials } from '@grpc/grpc-js';

/** @type {{ methodOf(rpc: { service: string, method: string }): import('@grpc/grpc-js').MethodDefinition<any, any> }} */
const { methodOf } = createRequire(import.meta.url)(
	'../../dist/nodes/Artificer/transport/services.js',
);

/** A small call: a short text, a number back. */
export const smallCall = { service: 'TextService', method: 'CountTokens' };

/** @param {string} address */
export function openClient(address) {
	return new Client(address, credentials.createInsecure(), {
		// Otherwise grpc-js hands a new client the connection of another one.
		'grpc.use_local_subchannel_pool': 1,
	});
}

/**
 * The small call by grpc-js alone.
 *
 * @param {Client} client
 * @param {string} content
 * @returns {Promise<any>}
 */
export async function callBare(client, content) {
	const method = methodOf(smallCall);
	return await new Promise((resolve, reject) => {
		client.makeUnaryRequest(
			method.path,
			method.requestSerialize,
			method.responseDeserialize,
			{ content, model: 'gpt-4' },
			(failure, answer) => (failure ? reject(failure) : resolve(answer)),
		);
	});
}
