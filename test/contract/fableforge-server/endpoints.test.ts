import { FableForgeServer } from '../support/fableforgeServer';

let server: FableForgeServer;
beforeAll(async () => {
	server = await FableForgeServer.start();
});
afterAll(async () => {
	await server.stop();
});

test('about and health answer with the names of the contract', async () => {
	expect((await server.get('/')).body).toEqual({ service: 'FableForge', status: 'running' });
	expect((await server.get('/health')).body).toEqual({ service: 'FableForge', status: 'healthy' });
});

describe('/cleanup', () => {
	const untidy = 'Ｈello  안녕 .\r\n\r\n\r\n\r\n끝';
	const tidy = 'Hello 안녕.\n\n끝';

	test('takes the text as query parameter, as the reference service does', async () => {
		const { status, body } = await server.post(`/cleanup?text=${encodeURIComponent(untidy)}`);
		expect(status).toBe(200);
		expect(body).toMatchObject({ cleaned_text: tidy, processing_time_ms: expect.any(Number) });
		expect(body.changes).toHaveLength(5);
	});

	test('takes the text as JSON body, and says nothing was changed when nothing was', async () => {
		expect((await server.post('/cleanup', { text: untidy })).body.cleaned_text).toBe(tidy);
		expect((await server.post('/cleanup', { text: tidy })).body.changes).toEqual([]);
	});

	test('takes a long text as query parameter', async () => {
		const text = '가'.repeat(100_000);
		const { body } = await server.post(`/cleanup?text=${encodeURIComponent(text)}`);
		expect(body.cleaned_text === text).toBe(true);
	});

	test('is answered 422 without a text', async () => {
		const { status, body } = await server.post('/cleanup', {});
		expect(status).toBe(422);
		expect(body.detail).toEqual([expect.objectContaining({ loc: ['query', 'text'] })]);
	});
});

test('/tag wraps the text for the language, as well-formed markup', async () => {
	const { status, body } = await server.post('/tag', { text: '안녕 <b> & "x"', language: 'kor' });
	expect(status).toBe(200);
	expect(body).toMatchObject({ language: 'kor', processing_time_ms: expect.any(Number) });
	expect(body.tagged_text).toMatch(/^<tagged lang='kor'>.*&lt;.*&amp;.*<\/tagged>$/);
	expect(body.tags).toEqual(expect.arrayContaining([expect.any(String)]));
});

test.each([
	['/tag', { text: 'a', language: 'eng' }, ['body', 'language']],
	['/tag', { language: 'kor' }, ['body', 'text']],
	['/refine', { context: {}, specialist: 'prose' }, ['body', 'context', 'text']],
	['/refine', { context: { text: 'a' }, specialist: 'poetry' }, ['body', 'specialist']],
	['/refine', { context: { text: 7 }, specialist: 'prose' }, ['body', 'context', 'text']],
	['/select', {}, ['body', 'candidates']],
	['/select', { candidates: [{}] }, ['body', 'candidates', '0', 'refined_text']],
	['/select', { candidates: [], strategy: 'luck' }, ['body', 'strategy']],
	['/cleanup', { text: 7 }, ['body', 'text']],
])('%s is answered 422 for %j and told where', async (endpoint, body, loc) => {
	const answer = await server.post(endpoint, body);
	expect(answer.status).toBe(422);
	expect(answer.body.detail).toEqual([{ loc, msg: expect.any(String), type: expect.any(String) }]);
});

test('a body that is not JSON is answered 422', async () => {
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(`${server.url}/tag`, { method: 'POST', headers, body: '{"text":' });
	expect(response.status).toBe(422);
	expect(await response.json()).toEqual({ detail: [expect.objectContaining({ loc: ['body'] })] });
});

test('an unknown address is answered 404 with a detail', async () => {
	const { status, body } = await server.get('/translate');
	expect(status).toBe(404);
	expect(body).toEqual({ detail: expect.any(String) });
});

test('no text reaches the log, whatever endpoint it was sent to', async () => {
	const text = 'a-very-secret-sentence';
	await server.post(`/cleanup?text=${text}`);
	await server.post('/tag', { text, language: 'kor' });
	await server.post('/tag', { text, language: text });
	await server.post('/refine', { context: { text }, specialist: 'prose' });
	await server.post('/select', { candidates: [{ refined_text: text }] });
	await server.get(`/${text}`);
	await server.waitForRequests(1, ({ endpoint }) => endpoint === 'unknown');
	expect(server.output.stdout + server.output.stderr).not.toContain(text);
});
