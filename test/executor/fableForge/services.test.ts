import { once } from 'node:events';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { makeCertificate, type Certificate } from '../../contract/support/certificates';
import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickCase } from '../support/quickExecutor';
import { itemsOf } from '../support/workflows';

const token = 'a-token-that-nobody-may-see';

let executor: QuickExecutor;

beforeAll(async () => {
	executor = await QuickExecutor.start();
});

afterAll(async () => await executor?.close());

function tagCase(credential: IDataObject, texts: string[], options: IDataObject = {}): QuickCase {
	const parameters = {
		resource: 'text',
		operation: 'tag',
		text: '={{ $json.text }}',
		language: 'kor',
		options: { retries: 3, retryWaits: '0.01', ...options },
	};
	return {
		workflow: new WorkflowBuilder()
			.fableForge('Node', parameters, { onError: 'continueRegularOutput' })
			.chain('Start', 'Node')
			.build(),
		credentials: { fableforge: credential },
		pinData: inputItems(...texts.map((text) => ({ text }))),
	};
}

async function tag(
	credential: IDataObject,
	texts: string[],
	options: IDataObject = {},
): Promise<IDataObject[]> {
	const run = await executor.run(tagCase(credential, texts, options));
	expect(JSON.stringify(run)).not.toContain(token);
	return itemsOf(run, 'Node').map(({ json }) => json);
}

async function portOf(server: Server): Promise<number> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

describe('FableForge behind TLS, with a token', () => {
	let own: Certificate;
	let other: Certificate;
	let service: FableForgeServer;
	let proxy: Server;
	let credential: IDataObject;

	beforeAll(async () => {
		[own, other, service] = await Promise.all([
			makeCertificate(),
			makeCertificate('elsewhere.example'),
			FableForgeServer.start({ FABLEFORGE_API_KEY: token }),
		]);
		// The service speaks HTTP; in front of it stands, as usual, somebody who speaks TLS.
		proxy = createTlsServer(own, (incoming, outgoing) => {
			const { method, url, headers } = incoming;
			const onward = httpRequest(service.url + String(url), { method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
				answer.pipe(outgoing);
			});
			incoming.pipe(onward);
		});
		credential = {
			baseUrl: `https://localhost:${await portOf(proxy)}`,
			publicCaCertificate: own.cert,
			authentication: 'bearerToken',
			token,
		};
	});

	afterAll(async () => {
		proxy?.close();
		await service?.stop();
	});

	// Broken by an authority or a token of the credential that doesn't reach n8n's client.
	it('answers who trusts its authority and brings the token', async () => {
		const [tagged] = await tag(credential, ['안녕하세요']);
		expect(tagged?.tagged_text).toContain('안녕');
	});

	// Broken by asking again what can't get better, or by a secret in what n8n keeps of the run.
	it.each([
		['no token', () => ({ authentication: 'none' }), 'did not accept the credential'],
		['a wrong token', () => ({ token: `${token}-not` }), 'did not accept the credential'],
		['another authority', () => ({ publicCaCertificate: other.cert }), 'is not trusted'],
		['no authority', () => ({ publicCaCertificate: '' }), 'is not trusted'],
	])('declines %s for good', async (_, more, message) => {
		const [failed] = await tag({ ...credential, ...more() }, ['안녕하세요']);
		expect(failed?.error).toContain(message);
		expect(failed?.details).toMatchObject({ tries: 1 });
	});
});

describe('a service that hangs', () => {
	const left = { count: 0 };
	let server: Server;
	let credential: IDataObject;

	beforeAll(async () => {
		server = createHttpServer((request, response) => {
			let body = '';
			request.setEncoding('utf8').on('data', (part: string) => (body += part));
			request.on('end', () => {
				if (body.includes('hang')) return;
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify({ tagged_text: body, tags: [], language: 'kor' }));
			});
			response.on('close', () => {
				if (!response.writableFinished) left.count += 1;
			});
		});
		credential = { baseUrl: `http://127.0.0.1:${await portOf(server)}` };
	});

	afterAll(() => server.close());

	/** The server hears of a client that left only after the client has gone on. */
	async function clientsLeft(count: number): Promise<void> {
		while (left.count < count) await new Promise((resolve) => setTimeout(resolve, 1));
		expect(left.count).toBe(count);
	}

	// Broken by a request without a time limit, or by one that holds up the others.
	it('costs an item its time, and the others nothing', async () => {
		const before = left.count;
		const options = { timeout: 0.3, retries: 1 };
		const items = await tag(credential, ['one', 'hang', 'three'], options);
		expect(items[0]).toHaveProperty('tagged_text');
		expect(items[1]).toMatchObject({
			error: 'No answer within 0.3 s',
			details: { kind: 'timeout', tries: 2, itemIndex: 1 },
		});
		expect(items[2]).toHaveProperty('tagged_text');
		await clientsLeft(before + 2);
	});

	// Broken by a Stop that doesn't reach the wire.
	it('is left when the run is stopped', async () => {
		const before = left.count;
		const underway = await executor.begin(tagCase(credential, ['hang']));
		await once(server, 'request');
		await underway.cancel();
		expect((await underway.result()).status).toBe('canceled');
		await clientsLeft(before + 1);
	});
});
