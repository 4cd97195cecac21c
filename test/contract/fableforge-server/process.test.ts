import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FableForgeServer, MAIN, runFableForge } from '../support/fableforgeServer';
import { ModelServer } from '../support/modelServer';

test.each([
	['FABLEFORGE_PORT', '80x'],
	['FABLEFORGE_PORT', '65536'],
	['FABLEFORGE_FAILURE_RATE', '1.5'],
	['FABLEFORGE_DELAY_MS', 'soon'],
	['FABLEFORGE_DELAY_MS', '3000-1000'],
	['FABLEFORGE_DELAY_MS', 'poetry=100'],
	['FABLEFORGE_DELAY_MS', 'prose=100,prose=200'],
])('%s=%s ends the start with one sentence and exit code 1', async (name, value) => {
	const { exitCode, stdout, stderr } = await runFableForge({ [name]: value });
	expect(exitCode).toBe(1);
	expect(stdout).toBe('');
	expect(stderr).toMatch(new RegExp(`^fableforge-server: ${name} [^\\n]*\\.\\n$`));
});

test('the command can be run as the build leaves it', async () => {
	await access(MAIN, constants.X_OK);
});

test('a taken port ends the start with a sentence that names it and exit code 1', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	const { exitCode, stderr } = await runFableForge({ FABLEFORGE_PORT: String(port) });
	other.close();
	expect(exitCode).toBe(1);
	expect(stderr).toMatch(
		new RegExp(`^fableforge-server: 127\\.0\\.0\\.1:${port} is taken [^\\n]*\\n$`),
	);
});

test('a ready server prints one plain line and listens on loopback alone', async () => {
	const server = await FableForgeServer.start();
	expect(server.output.stdout).toBe(`fableforge-server listening on ${server.url}\n`);
	expect(new URL(server.url).hostname).toBe('127.0.0.1');
	expect(await server.stop()).toBe(0);
});

test('a stop takes no more requests, and lets the work that is underway end', async () => {
	const model = await ModelServer.start();
	model.behaviour = 'waits';
	const server = await FableForgeServer.start({
		FABLEFORGE_LLM_BASE_URL: model.url,
		FABLEFORGE_LLM_MODEL: 'stand-in',
	});
	const asked = server.post('/refine', { context: { text: 'a' }, specialist: 'prose' });
	while (model.requests.length === 0) await server.get('/health');
	const stopped = server.stop('SIGINT');
	while (await takesRequests(server));
	model.release();
	expect((await asked).status).toBe(200);
	expect(await stopped).toBe(0);
	await model.stop();
});

async function takesRequests(server: FableForgeServer): Promise<boolean> {
	try {
		return (await server.get('/ready')).status === 200;
	} catch {
		// Connections are refused once the server has heard the signal.
		return false;
	}
}

describe('with a key', () => {
	let server: FableForgeServer;
	beforeAll(async () => {
		server = await FableForgeServer.start({ FABLEFORGE_API_KEY: 'right-key' });
	});
	afterAll(async () => {
		await server.stop();
	});

	test.each(['/', '/health', '/nowhere'])('%s asks for it', async (endpoint) => {
		for (const authorization of [
			'',
			'Bearer wrong',
			'Bearer right-ke',
			'right-key',
			'Basic right-key',
		]) {
			const headers: Record<string, string> = authorization === '' ? {} : { authorization };
			const { status, body } = await server.get(endpoint, headers);
			expect(status).toBe(401);
			expect(body).toEqual({ detail: expect.any(String) });
		}
	});

	test('a request with it is served', async () => {
		const headers = { authorization: 'Bearer right-key' };
		expect((await server.get('/health', headers)).status).toBe(200);
		expect((await server.post('/tag', { text: '가', language: 'kor' }, headers)).status).toBe(200);
		expect((await server.post('/tag', { text: '가', language: 'kor' })).status).toBe(401);
		expect(server.output.stdout).not.toContain('right-key');
	});
});
