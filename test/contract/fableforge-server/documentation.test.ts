import { FableForgeServer } from '../support/fableforgeServer';

let server: FableForgeServer;
beforeAll(async () => {
	server = await FableForgeServer.start({ FABLEFORGE_API_KEY: 'key' });
});
afterAll(async () => {
	await server.stop();
});

interface OpenApi {
	openapi: string;
	paths: Record<
		string,
		Record<string, { requestBody?: object; responses: Record<string, object> }>
	>;
}

test('the OpenAPI document holds every endpoint of the contract, with its answers', async () => {
	const { status, body } = await server.get('/openapi.json');
	expect(status).toBe(200);
	const { openapi, paths } = body as unknown as OpenApi;
	expect(openapi).toMatch(/^3\./);
	expect(Object.keys(paths).sort()).toEqual(
		['/', '/cleanup', '/health', '/ready', '/refine', '/select', '/tag'].sort(),
	);
	for (const endpoint of ['/cleanup', '/tag', '/refine', '/select']) {
		expect(Object.keys(paths[endpoint]?.post?.responses ?? {})).toEqual(
			expect.arrayContaining(['200', '401', '422']),
		);
		expect(paths[endpoint]?.post?.requestBody).toBeDefined();
	}
	expect(paths['/refine']?.post?.responses).toHaveProperty('500');
	expect(paths['/select']?.post?.responses).toHaveProperty('400');
});

test('the page is served with its scripts, and without the key', async () => {
	const page = await fetch(`${server.url}/docs`);
	expect(page.status).toBe(200);
	const html = await page.text();
	expect(html).toContain('swagger-ui');
	const scripts = [...html.matchAll(/<script src="([^"]+)"/g)].map(([, source = '']) => source);
	expect(scripts.length).toBeGreaterThan(0);
	for (const source of scripts) {
		expect((await fetch(new URL(source, page.url))).status).toBe(200);
	}
});

test('readiness needs no key', async () => {
	expect((await server.get('/ready')).body).toEqual({ service: 'FableForge', status: 'ready' });
});

// Breaks when the page could load anything from elsewhere, or says nothing of itself to a screen reader.
test('the page may load nothing from another host, and has a language and a title', async () => {
	const page = await fetch(`${server.url}/docs/`);
	const policy = page.headers.get('content-security-policy') ?? '';
	expect(policy).toMatch(/default-src 'self'/);
	expect(policy).not.toMatch(/https?:|\*/);
	const html = await page.text();
	expect(html).toMatch(/<html lang="en">/);
	expect(html).toContain('<title>FableForge: endpoints</title>');
	expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
	const initializer = await (
		await fetch(`${server.url}/docs/static/swagger-initializer.js`)
	).text();
	expect(initializer).toMatch(/validatorUrl: (null|undefined)/);
});
