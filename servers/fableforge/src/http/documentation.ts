import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { DOCS_PAGE, OPENAPI_DOCUMENT } from './openAddresses.js';
import { PAGE_THEME } from './pageTheme.js';
import type { Server } from './plainServer.js';

/** The browser loads nothing from elsewhere, whatever the page's own scripts come to ask for. */
const CONTENT_POLICY = [
	"default-src 'self'",
	"base-uri 'self'",
	"object-src 'none'",
	"frame-ancestors 'self'",
	"img-src 'self' data:",
	// Swagger UI sets sizes on elements themselves.
	"style-src 'self' 'unsafe-inline'",
].join('; ');

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
	await server.register(swaggerUi, {
		routePrefix: DOCS_PAGE,
		theme: PAGE_THEME,
		staticCSP: CONTENT_POLICY,
	});
	server.get(OPENAPI_DOCUMENT, { schema: { hide: true } }, async () => server.swagger());
}
