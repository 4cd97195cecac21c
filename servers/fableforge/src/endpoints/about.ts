import { Type } from '@fastify/type-provider-typebox';
import type { Server } from '../http/server.js';

const SERVICE = 'FableForge';

/** `GET /`: what this is; `GET /health`: that it runs, and that the key is right where one is set. */
export function serveAbout(server: Server): void {
	const Answer = Type.Object({ service: Type.String(), status: Type.String() });
	server.get('/', { schema: { summary: 'What this is', response: { 200: Answer } } }, async () => ({
		service: SERVICE,
		status: 'running',
	}));
	server.get(
		'/health',
		{ schema: { summary: 'Whether the service runs', response: { 200: Answer } } },
		async () => ({ status: 'healthy', service: SERVICE }),
	);
}
