import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
	interface FastifyRequest {
		/**
		 * Aborted when the client's connection closes before its answer was written. Fastify's own
		 * `signal` follows the request's stream instead, which closes once the body has been read.
		 */
		clientGone: AbortSignal;
	}
}

/** Gives every request its `clientGone`, for the work that is done for it. */
export function watchForClientsThatLeave(server: FastifyInstance): void {
	server.decorateRequest('clientGone');
	server.addHook('onRequest', (request, reply, done) => {
		const gone = new AbortController();
		request.clientGone = gone.signal;
		reply.raw.once('close', () => {
			if (!reply.raw.writableFinished) gone.abort();
		});
		done();
	});
}
