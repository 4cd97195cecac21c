import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify } from 'fastify';
import type { Logger } from 'pino';
import { serveAbout } from '../endpoints/about.js';
import { serveCleanup } from '../endpoints/cleanup.js';
import { serveRefine } from '../endpoints/refine.js';
import { serveSelect } from '../endpoints/select.js';
import { serveTag } from '../endpoints/tag.js';
import type { Specialists } from '../refinement.js';
import { askForBearerToken } from './bearerToken.js';
import { answerProblems } from './problems.js';
import { watchForClientsThatLeave } from './clientGone.js';
import { logRequests } from './requestLog.js';

/** What a server is made of. */
export interface ServerParts {
	specialists: Specialists;
	/** Where one line a request goes. */
	logger: Logger;
	/** The bearer token that requests must carry; undefined: none is asked for. */
	apiKey: string | undefined;
}

/**
 * The longest request line and headers, in bytes. Node's own limit is 16 KiB, and the contract puts
 * the text of `/cleanup` into the address, nine bytes a Korean syllable.
 */
const LONGEST_HEADER_BYTES = 4 * 1024 * 1024;

/** Makes the server with all its endpoints; it doesn't listen yet. */
export async function makeServer(parts: ServerParts) {
	const server = newServer();
	server.setErrorHandler(answerProblems(parts.logger));
	server.setNotFoundHandler((request, reply) =>
		reply.code(404).send({ detail: `There is no ${request.method} endpoint at this address.` }),
	);
	takeEmptyJsonAsNoBody(server);
	watchForClientsThatLeave(server);
	logRequests(server, parts.logger);
	if (parts.apiKey !== undefined) await askForBearerToken(server, parts.apiKey);
	serveAbout(server);
	serveCleanup(server);
	serveTag(server);
	serveRefine(server, parts.specialists);
	serveSelect(server);
	return server;
}

/** The HTTP server, as its endpoints see it. */
export type Server = ReturnType<typeof newServer>;

function newServer() {
	return fastify({
		http: { maxHeaderSize: LONGEST_HEADER_BYTES },
		// A stop ends idle connections at once instead of waiting for their clients.
		forceCloseConnections: 'idle',
		// The shape is the client's to get right: nothing is turned into another type or left out.
		ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
	}).withTypeProvider<TypeBoxTypeProvider>();
}

/** HTTP clients name JSON as the type of a body that they then leave out, as `/cleanup` allows. */
function takeEmptyJsonAsNoBody(server: Server): void {
	const parse = server.getDefaultJsonParser('error', 'error');
	server.addContentTypeParser<string>(
		'application/json',
		{ parseAs: 'string' },
		(request, body, done) => (body === '' ? done(null, undefined) : parse(request, body, done)),
	);
}
