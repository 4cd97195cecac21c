import type { FastifyRequest } from 'fastify';

/** Where the page about the endpoints is. */
export const DOCS_PAGE = '/docs';

/** Where the OpenAPI document is. */
export const OPENAPI_DOCUMENT = '/openapi.json';

/** Whether a request needs no key: readiness and documentation tell nothing that needs one. */
export function isOpen(request: FastifyRequest): boolean {
	const { url = '' } = request.routeOptions;
	return url === '/ready' || url === OPENAPI_DOCUMENT || `${url}/`.startsWith(`${DOCS_PAGE}/`);
}

/** Whether a request asks about the server itself, and so has to be answered when it is busy. */
export function isForProbes(request: FastifyRequest): boolean {
	return request.routeOptions.url === '/ready' || request.routeOptions.url === '/health';
}
