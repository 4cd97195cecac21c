import { Type } from 'typebox';
import type { RequestLimit } from '../http/requestLimit.js';
import type { Server } from '../http/plainServer.js';
import { Detail } from './schemas.js';

const SERVICE = 'FableForge';

const Answer = Type.Object({ service: Type.String(), status: Type.String() });

/** `GET /`, `GET /health` and `GET /ready`: what this is, that it runs, and that it takes work. */
export function serveAbout(server: Server, limit: RequestLimit): void {
	server.get(
		'/',
		{ schema: { summary: 'What this is', response: { 200: Answer, 401: Detail } } },
		async () => ({ service: SERVICE, status: 'running' }),
	);
	server.get(
		'/health',
		{
			schema: {
				summary: 'Whether the service runs, and the key is right where one is set',
				response: { 200: Answer, 401: Detail },
			},
		},
		async () => ({ status: 'healthy', service: SERVICE }),
	);
	server.get(
		'/ready',
		{
			schema: {
				summary: 'Whether the service takes more requests now',
				description: 'For probes: no key is asked for. A model is not asked, since that costs.',
				security: [],
				response: { 200: Answer, 503: Answer },
			},
		},
		async (_, reply) => {
			if (limit.isReached) reply.code(503);
			return { status: limit.isReached ? 'busy' : 'ready', service: SERVICE };
		},
	);
}
