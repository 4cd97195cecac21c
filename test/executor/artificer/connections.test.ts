import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { makeCertificate, type Certificate } from '../../contract/support/certificates';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickRun } from '../support/quickExecutor';
import { itemsOf } from '../support/workflows';

const key = 'a-key-that-nobody-may-see';

let executor: QuickExecutor;
let folder: string;
let own: Certificate;
let other: Certificate;
let server: ArtificerServer;

beforeAll(async () => {
	executor = await QuickExecutor.start();
	[own, other] = await Promise.all([makeCertificate(), makeCertificate('elsewhere.example')]);
	folder = await mkdtemp(path.join(tmpdir(), 'artificer-tls-'));
	const [cert, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
	await Promise.all([writeFile(cert, own.cert), writeFile(keyFile, own.key)]);
	server = await startArtificerServer({
		GRPC_TLS_CERT: cert,
		GRPC_TLS_KEY: keyFile,
		GRPC_TLS_CA: cert,
		ARTIFICER_API_KEY: key,
	});
});

afterAll(async () => {
	await executor?.close();
	await server?.stop();
	await rm(folder, { recursive: true, force: true });
});

async function count(
	credential: IDataObject,
	options: IDataObject,
	items: INodeExecutionData[] = inputItems({ text: 'x' }).Start ?? [],
): Promise<QuickRun> {
	const parameters = { resource: 'text', operation: 'countTokens', options };
	return await executor.run({
		workflow: new WorkflowBuilder()
			.artificer('Node', parameters, { onError: 'continueRegularOutput' })
			.chain('Start', 'Node')
			.build(),
		credentials: { artificer: credential },
		pinData: { Start: items },
	});
}

describe('a server with mutual TLS and a token', () => {
	const credential = () => ({
		address: server.address.replace('127.0.0.1', 'localhost'),
		security: 'mutualTls',
		publicCaCertificate: own.cert,
		publicClientCertificate: own.cert,
		privateKey: own.key,
		authentication: 'bearerToken',
		token: key,
	});

	// Broken by any field of the credential that doesn't reach the channel.
	it('answers who brings all of it', async () => {
		const run = await count(credential(), { retries: 0 });
		expect(itemsOf(run, 'Node')[0]?.json).toMatchObject({ token_count: 1 });
	});

	// Broken by trying again what can't get better, or by a failure that gives the secret away.
	it.each([
		['another authority', () => ({ publicCaCertificate: other.cert }), 'is not trusted'],
		['a wrong token', () => ({ token: `${key}-not` }), 'did not accept the credential'],
		['what is no PEM', () => ({ publicCaCertificate: 'MIIB' }), 'is no PEM'],
	])('is not called with %s twice', async (_, more, message) => {
		const run = await count({ ...credential(), ...more() }, { retries: 3, retryWaits: '0.01' });
		const [failed] = itemsOf(run, 'Node');
		expect(failed?.json.error).toContain(message);
		expect((failed?.json.details as IDataObject).tries ?? 0).not.toBeGreaterThan(1);
		expect(JSON.stringify(run)).not.toContain(key);
	});
});

// Broken by items that are lost with the server, or a channel that never finds it again.
it('a batch goes on where it was when the server is restarted in its midst', async () => {
	const first = await startArtificerServer();
	const port = first.address.split(':').at(-1) ?? '';
	const answered = () => first.stderr().split('"OK"').length - 1;
	const texts = Array.from({ length: 400 }, (_, index) => ({ text: 'word '.repeat(index + 1) }));
	const options = { atOnce: 2, retries: 20, retryWaits: '0.5' };
	const running = count({ address: first.address }, options, inputItems(...texts).Start);
	while (answered() < 20) await new Promise((resolve) => setTimeout(resolve, 1));
	process.kill(first.pid, 'SIGKILL');
	await first.stop();
	expect(answered()).toBeLessThan(400);
	const second = await startArtificerServer({ GRPC_PORT: port });
	try {
		const items = itemsOf(await running, 'Node').map(({ json }) => json);
		expect(items.filter((json) => 'error' in json)).toEqual([]);
		const counts = items.map((json) => Number(json.token_count));
		expect(counts).toHaveLength(400);
		expect(counts).toEqual([...counts].sort((a, b) => a - b));
	} finally {
		await second.stop();
	}
});
