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
import { newServer, takeEmptyJsonAsNoBody } from './plainServer.js';
import { answerProblems } from './problems.js';
import { RequestLimit } from './requestLimit.js';
import { logRequests } from './requestLog.js';

/** What a server is made of. */
export interface ServerParts {
	specialists: Specialists;
	languageWork: LanguageWork;
	/** Where one line a request goes. */
	logger: Logger;
	settings: Pick<Settings, 'apiKey' | 'bodyLimit' | 'maxRequests'>;
}

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
