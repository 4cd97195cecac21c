import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify } from 'fastify';
import { answerUnreadableRequest } from './unreadableRequest.js';

/** How long a request may take to arrive in whole: a minute, so that none can hold a place open. */
const ARRIVAL_MS = 60_000;

/** Room for the headers proper beside a text in the address: Node's own limit for all of it. */
const HEADER_BYTES = 16_384;

/** The HTTP server, as its endpoints see it. */
export type Server = ReturnType<typeof newServer>;

/** A server without endpoints. */
export function newServer(bodyLimit: number) {
	return fastify({
		bodyLimit,
		// The contract puts the text of /cleanup into the address, where a byte takes up to three.
		http: { maxHeaderSize: bodyLimit * 3 + HEADER_BYTES },
		requestTimeout: ARRIVAL_MS,
		clientErrorHandler: answerUnreadableRequest,
		// A stop ends idle connections at once instead of waiting for their clients.
		forceCloseConnections: 'idle',
		// The shape is the client's to get right: nothing is turned into another type or left out.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
	}).withTypeProvider<TypeBoxTypeProvider>();
}

/** HTTP clients name JSON as the type of a body that they then leave out, as `/cleanup` allows. */
export function takeEmptyJsonAsNoBody(server: Server): void {
	const parse = server.getDefaultJsonParser('error', 'error');
	server.addContentTypeParser<string>(
		'application/json',
		{ parseAs: 'string' },
		(request, body, done) => (body === '' ? done(null, undefined) : parse(request, body, done)),
	);
}
