import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { DOCS_PAGE, OPENAPI_DOCUMENT } from './openAddresses.js';
import type { Server } from './plainServer.js';

/** Serves the OpenAPI document and a page to try the endpoints; comes before the endpoints. */
export async function serveDocumentation(server: Server, hasKey: boolean): Promise<void> {
	await server.register(swagger, {
		openapi: {
			openapi: '3.1.0',
			info: {
				title: 'FableForge',
				description: 'Text clean-up, tagging, refinement by specialists and selection.',
				version: '0.1.0',
				license: { name: 'MIT', identifier: 'MIT' },
			},
			...(hasKey && {
				components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
				security: [{ key: [] }],
			}),
		},
	});
	await server.register(swaggerUi, { routePrefix: DOCS_PAGE });
	server.get(OPENAPI_DOCUMENT, { schema: { hide: true } }, async () => server.swagger());
}
