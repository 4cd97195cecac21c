import bearerAuth from '@fastify/bearer-auth';
import type { FastifyInstance } from 'fastify';
import { isOpen } from './openAddresses.js';

/**
 * Asks every request for `Authorization: Bearer <key>`; without it the answer is 401. `/health` is
 * no exception: it is what clients test their credentials with. Probes have `/ready`.
 */
export async function askForBearerToken(server: FastifyInstance, key: string): Promise<void> {
	await server.register(bearerAuth, { keys: [key], addHook: false, specCompliance: 'rfc6749' });
	const verify = server.verifyBearerAuth;
	if (!verify) throw new Error('@fastify/bearer-auth did not decorate the server.');
	server.addHook('onRequest', (request, reply, done) => {
		if (isOpen(request)) return done();
		verify(request, reply, (refusal) => {
			if (!refusal) return done();
			void reply
				.code(401)
				.header('www-authenticate', 'Bearer')
				.send({ detail: 'Send the key of this server as "Authorization: Bearer <key>".' });
		});
	});
}
