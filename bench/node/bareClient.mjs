// @ts-check
import { call } from '../support/grpc.mjs';

/**
 * A small call by grpc-js alone: a short text, a number back.
 *
 * @param {import('@grpc/grpc-js').Client} client
 * @param {string} content
 * @returns {Promise<any>}
 */
export async function callBare(client, content) {
	return await call(client, 'TextService/CountTokens', { content, model: 'gpt-4' });
}
