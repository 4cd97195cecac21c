import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { ReferenceServer } from '../../contract/support/referenceServer';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickRun } from '../support/quickExecutor';
import type { WorkflowNode } from '../support/workflows';
import { brokenPdf, pdf } from './cases';

const secrets = {
	token: 'a-token-that-nobody-may-see',
	apiKey: 'a-key-that-nobody-may-see',
	metadata: 'a-header-that-nobody-may-see',
};
const settings: Array<NonNullable<WorkflowNode['onError']>> = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];

let folder: string;
let executor: QuickExecutor;
let artificer: ArtificerServer;
let reference: ReferenceServer;
let web: Server;
const runs: QuickRun[] = [];

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'secrets-'));
	web = createServer(({ headers }, response) => {
		response.writeHead(401, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ detail: `Not accepted: ${String(headers['x-api-key'])}` }));
	});
	web.listen(0, '127.0.0.1');
	await once(web, 'listening');
	[executor, artificer, reference] = await Promise.all([
		QuickExecutor.start({
			ARTIFICER_CACHE_FOLDER: path.join(folder, 'cache'),
			N8N_LOG_LEVEL: 'debug',
			N8N_LOG_OUTPUT: 'file',
			N8N_LOG_FILE_LOCATION: path.join(folder, 'n8n.log'),
		}),
		startArtificerServer({ ARTIFICER_API_KEY: secrets.token }),
		ReferenceServer.start(),
	]);
});

afterAll(async () => {
	await executor?.close();
	await artificer?.stop();
	reference?.stop();
	web?.close();
	await rm(folder, { recursive: true, force: true });
});

async function run(
	node: 'artificer' | 'fableForge',
	parameters: IDataObject,
	items: INodeExecutionData[],
	credential: IDataObject,
): Promise<void> {
	for (const onError of settings) {
		const options = { retries: 1, retryWaits: '0.01', ...(parameters.options as IDataObject) };
		const workflow = new WorkflowBuilder()
			[node]('Node', { ...parameters, options }, { onError })
			.chain('Start', 'Node')
			.build();
		const credentials = { artificer: credential, fableforge: credential };
		const pinData = { Start: items };
		runs.push(await executor.run({ workflow, credentials, pinData, storeFiles: true }));
	}
}

function withFile({ name, mimeType, content }: typeof pdf): INodeExecutionData {
	const data = { data: content.toString('base64'), fileName: name, mimeType };
	return { json: {}, binary: { data } };
}

/** Everything that n8n has of the runs: what they gave, its log, the cache's names and contents. */
async function traces(): Promise<string> {
	const log = await readFile(path.join(folder, 'n8n.log'), 'utf8');
	const entries = await readdir(path.join(folder, 'cache'));
	const kept = await Promise.all(
		entries.map(async (name) => await readFile(path.join(folder, 'cache', name), 'latin1')),
	);
	for (const told of ['Work on items begins', 'Call is tried again', 'Item did not succeed']) {
		expect(log).toContain(told);
	}
	expect(kept.length).toBeGreaterThan(0);
	return [...runs.map((one) => JSON.stringify(one)), log, ...entries, ...kept].join('\n');
}

// Broken by a service's words that are handed on as they are, a log that tells what was sent, or a
// key of the cache that can be read.
it('no secret is in anything that n8n shows, logs or keeps, even where a service repeats it', async () => {
	const bearer = { authentication: 'bearerToken', token: secrets.token };
	const metadata = { entries: [{ name: 'x-route', value: secrets.metadata }] };
	const countTokens = { resource: 'text', operation: 'countTokens' };
	const extractText = { resource: 'pdf', operation: 'extractText' };
	const tag = { resource: 'text', operation: 'tag', text: 'x', language: 'kor' };
	const texts = inputItems({ text: 'token' }).Start ?? [];
	const port = (web.address() as AddressInfo).port;

	const own = { address: artificer.address, ...bearer, metadata };
	await run('artificer', extractText, [pdf, brokenPdf].map(withFile), own);
	await run('artificer', countTokens, texts, { ...own, token: `${secrets.token}-not` });
	await run('artificer', countTokens, texts, { address: reference.address, ...bearer, metadata });
	await run('artificer', countTokens, texts, { address: '127.0.0.1:9', ...bearer, metadata });
	await run('fableForge', tag, texts, {
		baseUrl: `http://127.0.0.1:${port}`,
		authentication: 'apiKey',
		apiKey: secrets.apiKey,
	});

	const all = await traces();
	expect(all).toContain('Not accepted: Bearer •••');
	expect(all).toContain('Not accepted: •••');
	// The whole text of it would be the message of a failure.
	expect(Object.values(secrets).filter((secret) => all.includes(secret))).toEqual([]);
});
