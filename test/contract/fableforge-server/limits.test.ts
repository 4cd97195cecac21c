import { once } from 'node:events';
import { connect } from 'node:net';
import { FableForgeServer } from '../support/fableforgeServer';

let running: FableForgeServer[] = [];
afterEach(async () => {
	await Promise.all(running.map((server) => server.stop()));
	running = [];
});

async function start(environment: Record<string, string>): Promise<FableForgeServer> {
	const server = await FableForgeServer.start(environment);
	running.push(server);
	return server;
}

test('a body beyond the limit is answered 413, one within it is served', async () => {
	const server = await start({ FABLEFORGE_BODY_LIMIT: '2000' });
	const { status, body } = await server.post('/cleanup', { text: 'a'.repeat(2_000) });
	expect(status).toBe(413);
	expect(body).toEqual({ detail: expect.any(String) });
	expect((await server.post('/cleanup', { text: 'a'.repeat(1_900) })).status).toBe(200);
});

test('an address beyond the limit is answered 431 with a detail', async () => {
	const server = await start({ FABLEFORGE_BODY_LIMIT: '2000' });
	const { status, body } = await server.post(`/cleanup?text=${'a'.repeat(40_000)}`);
	expect(status).toBe(431);
	expect(body).toEqual({ detail: expect.stringContaining('JSON') });
});

test('requests beyond the limit are answered 503 at once; probes are served, and so is what follows', async () => {
	const server = await start({ FABLEFORGE_MAX_REQUESTS: '2', FABLEFORGE_DELAY_MS: 'prose=600000' });
	const leaving = new AbortController();
	const prose = { context: { text: 'a' }, specialist: 'prose' };
	const held = [1, 2].map(() =>
		fetch(`${server.url}/refine`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(prose),
			signal: leaving.signal,
		}),
	);
	await server.waitUntilBusy();
	expect((await server.get('/ready')).body.status).toBe('busy');
	expect((await server.get('/health')).status).toBe(200);
	const refused = await server.post('/refine', prose);
	expect(refused.status).toBe(503);
	expect(refused.headers.get('retry-after')).toBe('1');
	expect(refused.body).toEqual({ detail: expect.stringContaining('2') });
	leaving.abort();
	await Promise.allSettled(held);
	await server.waitForRequests(2, ({ aborted }) => aborted);
	expect((await server.get('/ready')).body.status).toBe('ready');
	expect((await server.post('/tag', { text: '가', language: 'kor' })).status).toBe(200);
});

test('a text made to be slow to clean is cleaned as fast as any other', async () => {
	const server = await start({});
	const spaces = `a${' '.repeat(500_000)}b${'.'.repeat(100_000)}${' .'.repeat(100_000)}x`;
	const { status, body } = await server.post('/cleanup', { text: spaces });
	expect(status).toBe(200);
	expect((body.cleaned_text as string).startsWith('a b')).toBe(true);
});

test('too many candidates are answered 422', async () => {
	const server = await start({});
	const candidates = Array.from({ length: 65 }, () => ({ refined_text: 'a' }));
	expect((await server.post('/select', { candidates })).status).toBe(422);
	expect((await server.post('/select', { candidates: candidates.slice(1) })).status).toBe(200);
});

test('what is no HTTP is answered 400 with a detail, and the server goes on', async () => {
	const server = await start({});
	const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
	socket.setEncoding('utf8').end('HELLO THERE\r\n\r\n');
	let answer = '';
	socket.on('data', (part: string) => (answer += part));
	await once(socket, 'close');
	expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*\{"detail":"[^"]+"\}$/);
	expect((await server.get('/health')).status).toBe(200);
});

test.each([
	['FABLEFORGE_BODY_LIMIT', '1'],
	['FABLEFORGE_MAX_REQUESTS', '0'],
	['FABLEFORGE_WORKERS', '65'],
])('%s=%s can’t be set', async (name, value) => {
	await expect(FableForgeServer.start({ [name]: value })).rejects.toThrow(name);
});
