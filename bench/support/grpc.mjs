// @ts-check
import { createRequire } from 'node:module';
import { Client, credentials } from '@grpc/grpc-js';

/** @type {{ methodOf(rpc: { service: string, method: string }): import('@grpc/grpc-js').MethodDefinition<any, any> }} */
const { methodOf } = createRequire(import.meta.url)(
	'../../dist/nodes/Artificer/transport/services.js',
);

/**
 * A client of an Artificer server by grpc-js alone, with a connection of its own and messages of any
 * size.
 *
 * @param {string} address
 */
export function openClient(address) {
	return new Client(address, credentials.createInsecure(), {
		// Otherwise grpc-js hands a new client the connection of another one.
		'grpc.use_local_subchannel_pool': 1,
		'grpc.max_receive_message_length': -1,
		'grpc.max_send_message_length': -1,
	});
}

/**
 * Calls a unary RPC.
 *
 * @param {Client} client
 * @param {string} rpc service and method: `TextService/CountTokens`
 * @param {object} request
 * @returns {Promise<any>}
 */
export async function call(client, rpc, request) {
	const method = methodNamed(rpc);
	return await new Promise((resolve, reject) => {
		client.makeUnaryRequest(
			method.path,
			method.requestSerialize,
			method.responseDeserialize,
			request,
			(failure, answer) => (failure ? reject(failure) : resolve(answer)),
		);
	});
}

/**
 * The messages of a streaming RPC.
 *
 * @param {Client} client
 * @param {string} rpc
 * @param {object} request
 * @returns {AsyncIterable<any>}
 */
export function stream(client, rpc, request) {
	const method = methodNamed(rpc);
	return client.makeServerStreamRequest(
		method.path,
		method.requestSerialize,
		method.responseDeserialize,
		request,
	);
}

/** @param {string} rpc */
function methodNamed(rpc) {
	const [service = '', method = ''] = rpc.split('/');
	return methodOf({ service, method });
}
