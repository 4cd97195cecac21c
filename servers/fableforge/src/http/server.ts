import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fastify } from 'fastify';
import type { Logger } from 'pino';
import { serveAbout } from '../endpoints/about.js';
import { serveCleanup } from '../endpoints/cleanup.js';
import { serveRefine } from '../endpoints/refine.js';
import { serveSelect } from '../endpoints/select.js';
import { serveTag } from '../endpoints/tag.js';
import type { LanguageWork } from '../language/languageWork.js';
import type { Specialists } from '../refinement.js';
import type { Settings } from '../settings/settings.js';
import { askForBearerToken } from './bearerToken.js';
import { watchForClientsThatLeave } from './clientGone.js';
import { serveDocumentation } from './documentation.js';
import { answerProblems } from './problems.js';
import { RequestLimit } from './requestLimit.js';
import { logRequests } from './requestLog.js';
import { answerUnreadableRequest } from './unreadableRequest.js';

/** What a server is made of. */
export interface ServerParts {
	specialists: Specialists;
	languageWork: LanguageWork;
	/** Where one line a request goes. */
	logger: Logger;
	settings: Pick<Settings, 'apiKey' | 'bodyLimit' | 'maxRequests'>;
}

/** How long a request may take to arrive in whole: a minute, so that none can hold a place open. */
const ARRIVAL_MS = 60_000;

/** Room for the headers proper beside a text in the address: Node's own limit for all of it. */
const HEADER_BYTES = 16_384;

/** Makes the server with all its endpoints; it doesn't listen yet. */
export async function makeServer(parts: ServerParts) {
	const { specialists, languageWork, logger } = parts;
	const { apiKey, bodyLimit, maxRequests } = parts.settings;
	const limit = new RequestLimit(maxRequests);
	const server = newServer(bodyLimit);

	server.setErrorHandler(answerProblems(logger));
	server.setNotFoundHandler((request, reply) =>
		reply.code(404).send({ detail: `There is no ${request.method} endpoint at this address.` }),
	);
	takeEmptyJsonAsNoBody(server);
	watchForClientsThatLeave(server);
	logRequests(server, logger);
	if (apiKey !== undefined) await askForBearerToken(server, apiKey);
	limit.applyTo(server);

	await serveDocumentation(server, apiKey !== undefined);
	serveAbout(server, limit);
	serveCleanup(server);
	serveTag(server, languageWork);
	serveRefine(server, specialists);
	serveSelect(server, languageWork);
	return server;
}

/** The HTTP server, as its endpoints see it. */
export type Server = ReturnType<typeof newServer>;

function newServer(bodyLimit: number) {
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
function takeEmptyJsonAsNoBody(server: Server): void {
	const parse = server.getDefaultJsonParser('error', 'error');
	server.addContentTypeParser<string>(
		'application/json',
		{ parseAs: 'string' },
		(request, body, done) => (body === '' ? done(null, undefined) : parse(request, body, done)),
	);
}
