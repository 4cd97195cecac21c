import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** What a handler adds to the line that is logged about its request. */
export interface RequestAccount {
	specialist?: string;
	/** Which try of the same text by the same specialist it was, from 1. */
	attempt?: number;
}

declare module 'fastify' {
	interface FastifyRequest {
		account: RequestAccount;
	}
}

/**
 * Logs one line for each request once its connection is done with it: never the text, and never the
 * address asked for, since `/cleanup` carries a text there.
 *
 * `in_flight` is how many requests to the same endpoint were underway when this one came, itself
 * included. `aborted` says that the client left before its answer was written; `status` is then null.
 */
export function logRequests(server: FastifyInstance, logger: Logger): void {
	const inFlight = new Map<string, number>();

	server.decorateRequest('account');
	server.addHook('onRequest', (request, reply, done) => {
		const endpoint = request.routeOptions.url ?? 'unknown';
		const underway = (inFlight.get(endpoint) ?? 0) + 1;
		const begun = performance.now();
		inFlight.set(endpoint, underway);
		request.account = {};
		reply.raw.once('close', () => {
			const aborted = !reply.raw.writableFinished;
			inFlight.set(endpoint, (inFlight.get(endpoint) ?? 1) - 1);
			logger.info({
				event: 'request',
				method: request.method,
				endpoint,
				...request.account,
				status: aborted ? null : reply.statusCode,
				duration_ms: Math.round(performance.now() - begun),
				in_flight: underway,
				aborted,
			});
		});
		done();
	});
}
