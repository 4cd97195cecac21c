import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

import type { FableForgeCredential } from '../../../credentials/FableForgeApi.credentials';
import { callEndpoint } from '../../../nodes/FableForge/transport/callEndpoint';
import type { Endpoint, EndpointRequest } from '../../../nodes/FableForge/transport/endpoint';
import { endpoints } from '../../../nodes/FableForge/transport/endpoints';
import type { Sender } from '../../../nodes/FableForge/transport/sender';
import { makeCertificate, type Certificate } from '../support/certificates';
import { FableForgeServer } from '../support/fableforgeServer';

const key = 'a-key-that-nobody-may-see';
const text = '안녕하세요';
const health = { status: 'healthy', service: 'FableForge' };

/** The transport to FableForge, proven with a sender: axios here, n8n's own in its process. */
export function describeFableForgeCalls(name: string, send: Sender): void {
	async function call<Answer>(
		credential: string | FableForgeCredential,
		endpoint: Endpoint<Answer>,
		request: EndpointRequest = {},
		signal = new AbortController().signal,
	): Promise<Answer> {
		const own = typeof credential === 'string' ? credentialFor(credential) : credential;
		return await callEndpoint(send, own, endpoint, request, { number: 1, signal, timeoutMs: 1000 });
	}

	describe(`FableForge by ${name}: answers`, () => {
		let server: FableForgeServer;
		beforeAll(async () => (server = await FableForgeServer.start()));
		afterAll(async () => await server.stop());

		// Broken by an endpoint, a body or a query that doesn't reach the service as the contract says.
		test('every endpoint of the contract', async () => {
			expect(await call(server.url, endpoints.info)).toMatchObject({ status: expect.any(String) });
			expect(await call(server.url, endpoints.health)).toMatchObject({ status: 'healthy' });
			const cleanup = { query: { text }, body: { text } };
			expect(await call(server.url, endpoints.cleanup, cleanup)).toMatchObject({
				cleaned_text: text,
			});
			const tag = { body: { text, language: 'kor' } };
			expect((await call(server.url, endpoints.tag, tag)).tagged_text).toContain('안녕');
			const refine = { body: { context: { text, language: 'kor' }, specialist: 'prose' } };
			const candidate = await call(server.url, endpoints.refine, refine);
			expect(candidate).toMatchObject({ specialist: 'prose' });
			const select = { body: { candidates: [candidate], strategy: 'vote' } };
			expect(await call(server.url, endpoints.select, select)).toMatchObject({
				selected: { refined_text: candidate.refined_text },
				strategy: 'vote',
			});
		});

		// Broken by a base URL that only works without a slash at its end.
		test('a base URL with slashes at its end', async () => {
			expect(await call(`${server.url}//`, endpoints.health)).toMatchObject({ status: 'healthy' });
		});

		// Broken by a request that the service declines being tried again.
		test.each([
			['400', endpoints.select, { body: { candidates: [] } }],
			['422', endpoints.refine, { body: { specialist: 'prose' } }],
			['404', endpoints.any, { path: '/nowhere' }],
		])('%s is final and says why', async (status, endpoint, request) => {
			await expect(call(server.url, endpoint as Endpoint, request)).rejects.toMatchObject({
				kind: 'rejected',
				message: expect.stringMatching(/: \S/),
				facts: { status, server: server.url },
			});
		});

		// Broken by an abort that stays on our side: the service would work on for nobody.
		test('an abort reaches the service', async () => {
			const slow = await FableForgeServer.start({ FABLEFORGE_DELAY_MS: '60000' });
			try {
				const stop = new AbortController();
				const body = { context: { text, language: 'kor' }, specialist: 'prose' };
				const ended = expect(
					call(slow.url, endpoints.refine, { body }, stop.signal),
				).rejects.toMatchObject({ name: 'CallFailure' });
				setTimeout(() => stop.abort(), 300);
				await ended;
				const [line] = await slow.waitForRequests(1);
				expect(line).toMatchObject({ endpoint: '/refine', aborted: true });
			} finally {
				await slow.stop('SIGKILL');
			}
		});

		// Broken by giving up on a specialist that may succeed at the next try.
		test('500 of a specialist is worth another try', async () => {
			const failing = await FableForgeServer.start({ FABLEFORGE_FAILURE_RATE: '1' });
			try {
				const body = { context: { text, language: 'kor' }, specialist: 'prose' };
				await expect(call(failing.url, endpoints.refine, { body })).rejects.toMatchObject({
					kind: 'server',
					facts: { status: '500' },
				});
			} finally {
				await failing.stop();
			}
		});
	});

	describe(`FableForge by ${name}: credentials`, () => {
		let server: FableForgeServer;
		beforeAll(async () => (server = await FableForgeServer.start({ FABLEFORGE_API_KEY: key })));
		afterAll(async () => await server.stop());
		const refine = { body: { context: { text, language: 'kor' }, specialist: 'prose' } };

		// Broken by a token that is not sent.
		test('a bearer token is sent', async () => {
			const own = {
				...credentialFor(server.url),
				authentication: 'bearerToken',
				token: key,
			} as const;
			expect(await call(own, endpoints.refine, refine)).toMatchObject({ specialist: 'prose' });
		});

		// Broken by a wrong token being tried again, or being repeated in the failure.
		test('a missing or wrong one is final', async () => {
			const wrong = { authentication: 'bearerToken', token: `${key}-not` } as const;
			for (const more of [{}, wrong]) {
				const own = { ...credentialFor(server.url), ...more };
				const failure: unknown = await call(own, endpoints.refine, refine).catch(
					(thrown: unknown) => thrown,
				);
				expect(failure).toMatchObject({ kind: 'rejected', facts: { status: '401' } });
				expect(JSON.stringify(failure) + String(failure)).not.toContain(key);
			}
		});
	});

	describe(`FableForge by ${name}: services that do as they like`, () => {
		// Broken by a Retry-After that is not read, as seconds or as a date.
		test.each([
			[429, '7', 7000],
			[503, '2', 2000],
			[503, new Date(0).toUTCString(), 0],
		])('%d with Retry-After %s asks to come back', async (status, header, retryAfterMs) => {
			const work = (url: string) => call(url, endpoints.health);
			await withServer(
				(_, response) => response.writeHead(status, { 'retry-after': header }).end('{}'),
				async (url) => {
					await expect(work(url)).rejects.toMatchObject({ kind: 'busy', facts: { retryAfterMs } });
				},
			);
		});

		// Broken by an answer of another service that goes on as a success.
		test.each(['<html>hello</html>', '[]', '{"status": 7, "service": "x"}', ''])(
			'the answer %j is told as one of the wrong shape',
			async (body) => {
				await withServer(
					(_, response) =>
						response.writeHead(200, { 'content-type': 'application/json' }).end(body),
					async (url) => {
						await expect(call(url, endpoints.health)).rejects.toMatchObject({
							kind: 'rejected',
							message: expect.stringContaining('The answer of /health'),
						});
					},
				);
			},
		);

		// Broken by a header that is not the user's, or a key in another header as well.
		test('an API key is sent in the header of choice, and in no other', async () => {
			const seen: Array<IncomingMessage['headers']> = [];
			await withServer(
				(request, response) => {
					seen.push(request.headers);
					response.writeHead(200, { 'content-type': 'application/json' });
					response.end(JSON.stringify(health));
				},
				async (url) => {
					const more = { authentication: 'apiKey', headerName: 'X-Own', apiKey: key } as const;
					await call({ ...credentialFor(url), ...more }, endpoints.health);
				},
			);
			expect(seen[0]).toMatchObject({ 'x-own': key });
			expect(seen[0]).not.toHaveProperty('authorization');
		});

		// Broken by a connection that is cut being told as final.
		test('a connection cut in the middle is worth another try', async () => {
			await withServer(
				(request) => request.socket.destroy(),
				async (url) => {
					await expect(call(url, endpoints.health)).rejects.toMatchObject({ kind: 'lost' });
				},
			);
		});

		// Broken by a service that is not there being told as lost.
		test('a dead server and an unknown host were never reached', async () => {
			const gone = await withServer(
				() => undefined,
				async (url) => await Promise.resolve(url),
			);
			for (const url of [gone, 'http://fableforge.invalid:8080']) {
				await expect(call(url, endpoints.health)).rejects.toMatchObject({ kind: 'unreachable' });
			}
		});

		// Broken by a base URL that only the network would refuse.
		test.each(['', 'localhost:8080', 'ftp://localhost', 'http://'])(
			'the base URL %j is refused in one sentence',
			async (url) => {
				await expect(call(url, endpoints.health)).rejects.toMatchObject({
					kind: 'input',
					message: expect.stringContaining('is no web address'),
				});
			},
		);
	});

	describe(`FableForge by ${name}: TLS`, () => {
		let own: Certificate;
		let server: Server;
		let port: number;
		beforeAll(async () => {
			own = await makeCertificate();
			server = createTlsServer(own, (_, response) => {
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(health));
			});
			port = await listen(server);
		});
		afterAll(() => server.close());

		// Broken by a check that is off, or an own authority that is ignored.
		test('a certificate is trusted by its authority, or unchecked where the user says so', async () => {
			const credential = credentialFor(`https://localhost:${port}`);
			await expect(call(credential, endpoints.health)).rejects.toMatchObject({
				kind: 'rejected',
				message: expect.stringContaining('is not trusted'),
			});
			// n8n's one-line fields turn line breaks into blanks.
			for (const publicCaCertificate of [own.cert, own.cert.trim().replace(/\r?\n/g, ' ')]) {
				const trusting = { ...credential, publicCaCertificate };
				expect(await call(trusting, endpoints.health)).toEqual(health);
			}
			const careless = { ...credential, ignoreTlsIssues: true };
			expect(await call(careless, endpoints.health)).toEqual(health);
		});

		// Broken by telling of a lost connection, again and again, where something else was pasted.
		test('an authority that is no PEM is refused in one sentence', async () => {
			const credential = credentialFor(`https://localhost:${port}`);
			await expect(
				call({ ...credential, publicCaCertificate: 'MIIB' }, endpoints.health),
			).rejects.toMatchObject({
				kind: 'input',
				message: 'CA Certificate in the credential is no PEM',
			});
		});

		// Broken by a name in the certificate that nobody compares.
		test('a certificate for another name is not trusted', async () => {
			const numbered = credentialFor(`https://127.0.0.1:${port}`);
			await expect(
				call({ ...numbered, publicCaCertificate: own.cert }, endpoints.health),
			).rejects.toMatchObject({
				kind: 'rejected',
				message: expect.stringContaining('is for another name'),
			});
		});

		// Broken by trying again where the other side will never speak TLS.
		test('a port without TLS is told', async () => {
			await withServer(
				(_, response) => response.end(),
				async (url) => {
					await expect(
						call(url.replace('http:', 'https:'), endpoints.health),
					).rejects.toMatchObject({ message: expect.stringContaining('does not speak TLS') });
				},
			);
		});
	});
}

function credentialFor(baseUrl: string): FableForgeCredential {
	return { baseUrl, authentication: 'none' };
}

async function listen(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/** Lends an HTTP server that answers as told, and ends it. */
async function withServer<Value>(
	answer: (request: IncomingMessage, response: ServerResponse) => unknown,
	work: (url: string) => Promise<Value>,
): Promise<Value> {
	const server = createServer((request, response) => void answer(request, response));
	const port = await listen(server);
	try {
		return await work(`http://127.0.0.1:${port}`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
