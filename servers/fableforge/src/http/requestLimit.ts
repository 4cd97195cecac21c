import type { FastifyInstance } from 'fastify';
import { isForProbes } from './openAddresses.js';

/** Counts the requests that are underway, and refuses those beyond a limit. */
export class RequestLimit {
	private underway = 0;

	/** At most so many requests are served at once; health and readiness are answered always. */
	constructor(private readonly most: number) {}

	/** Whether the next request would be refused. */
	get isReached(): boolean {
		return this.underway >= this.most;
	}

	/** Answers requests beyond the limit with 503, at once and without reading their bodies. */
	applyTo(server: FastifyInstance): void {
		server.addHook('onRequest', (request, reply, done) => {
			if (isForProbes(request)) return done();
			if (this.isReached) {
				void reply
					.code(503)
					.header('retry-after', '1')
					.send({ detail: `This server does ${this.most} things at once: try again in a second.` });
				return;
			}
			this.underway += 1;
			reply.raw.once('close', () => (this.underway -= 1));
			done();
		});
	}
}
