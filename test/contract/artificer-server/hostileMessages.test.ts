import { readFileSync } from 'node:fs';
import { ArtificerClient, encoded, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';

const MEBIBYTE = 1024 * 1024;

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer();
	client = new ArtificerClient(server.address);
	await client.call('MetricsService/HealthCheck');
});

afterAll(async () => {
	client.close();
	await server.stop();
});

/** MiB that the server has held at most, from Linux's own account. */
function mostHeld(): number {
	const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
	return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** So many empty messages of a field, of two bytes each. */
const crumbs = (field: number, bytes: number): Buffer =>
	Buffer.alloc(bytes, Buffer.from([field * 8 + 2, 0]));

describe('messages of millions of empty parts', () => {
	const size = 6 * MEBIBYTE;
	const blocks = { 1: crumbs(1, size) };
	const spans = { 1: encoded({ 1: crumbs(4, size) }) };
	const separators = encoded({ 3: Buffer.from('text') });

	// Breaks when such a message is read before its parts are counted: each takes a kilobyte or two,
	// and reading it on the main thread would keep all others waiting.
	it.each<[string, string, Buffer | Record<number, Buffer | true>]>([
		['blocks', 'ConversionService/ExportMarkdown', blocks],
		['spans', 'ConversionService/ExportHTML', spans],
		['metadata', 'ConversionService/ExportNotion', { 1: crumbs(2, size) }],
		['separators', 'TextService/ChunkDocument', Buffer.concat([separators, crumbs(7, size)])],
		['documents', 'TextService/ChunkDocumentsBatch', crumbs(1, size)],
		['messages', 'TextService/CountConversationTokens', crumbs(1, size)],
	])('are refused: %s', async (_, rpc, request) => {
		const failure = await failureOf(client.callRaw(rpc, request));
		expect(failure.status).toBe('RESOURCE_EXHAUSTED');
		expect(failure.details).toMatch(/more than \d+ parts.*ARTIFICER_WORKER_HEAP_MB/);
	});

	it('are refused in a batch', async () => {
		const failure = await failureOf(
			client.callRaw('ConversionService/BatchExport', encoded({ 1: crumbs(1, size) })),
		);
		expect(failure.status).toBe('RESOURCE_EXHAUSTED');
	});

	it('leave the server as it was', async () => {
		expect(mostHeld()).toBeLessThan(600);
		expect(await client.call('MetricsService/HealthCheck')).toMatchObject({ status: 'ok' });
		expect(server.stderr()).not.toContain('"fault"');
	});
});

describe('messages that are none of the contract', () => {
	// Breaks when such bytes are taken for a fault of the server's own.
	it.each([
		['cut off', Buffer.from([0x0a, 0x20, 0x61])],
		['of a group that nobody ends', Buffer.from([0x0b])],
		['of a number without end', Buffer.alloc(12, 0xff)],
	])('are refused: %s', async (_, bytes) => {
		const failure = await failureOf(client.callRaw('ConversionService/ImportMarkdown', bytes));
		expect(failure.status).toBe('INVALID_ARGUMENT');
		expect(failure.details).toMatch(/no message of the contract/);
	});
});

describe('documents that grow when they are written', () => {
	// Breaks when a worker that runs out of memory while it writes takes the process along.
	it('are refused where a worker has no memory for them', async () => {
		const small = await startArtificerServer({
			ARTIFICER_WORKER_HEAP_MB: '256',
			GRPC_MAX_WORKERS: '1',
		});
		const own = new ArtificerClient(small.address);
		const span = { type: 'span', text: '<&"\'>_*'.repeat(4), marks: ['strong'] };
		const children = Array.from({ length: 30_000 }, () => span);
		const document = {
			content: [
				{ type: 'block', children },
				{ type: 'block', children },
			],
		};
		for (const format of ['Markdown', 'HTML', 'Notion', 'Roam']) {
			const call = own.call(`ConversionService/Export${format}`, { document });
			const status = await call.then(
				() => 'OK',
				async () => (await failureOf(call)).status,
			);
			expect(['OK', 'RESOURCE_EXHAUSTED']).toContain(status);
			const counted = await own.call('TextService/CountTokens', { content: 'hello' });
			expect(counted).toMatchObject({ token_count: 1 });
		}
		own.close();
		expect(await small.stop()).toBe(0);
	});
});
