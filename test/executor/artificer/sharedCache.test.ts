import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickRun } from '../support/quickExecutor';
import { itemsOf } from '../support/workflows';
import { pdf } from './cases';

const token = 'a-token-that-nobody-may-see';

let folder: string;
let cache: string;
let log: string;
let server: ArtificerServer;
let one: QuickExecutor;
let other: QuickExecutor;
let unlucky: QuickExecutor;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'shared-cache-'));
	[cache, log] = [path.join(folder, 'answers'), path.join(folder, 'n8n.log')];
	await writeFile(path.join(folder, 'file'), '');
	const sharing = { ARTIFICER_CACHE_FOLDER: cache };
	server = await startArtificerServer({ ARTIFICER_API_KEY: token });
	[one, other, unlucky] = await Promise.all([
		QuickExecutor.start(sharing),
		QuickExecutor.start(sharing),
		QuickExecutor.start({
			// A folder can't be below a file, whoever asks.
			ARTIFICER_CACHE_FOLDER: path.join(folder, 'file', 'answers'),
			N8N_LOG_LEVEL: 'warn',
			N8N_LOG_OUTPUT: 'file',
			N8N_LOG_FILE_LOCATION: log,
		}),
	]);
});

afterAll(async () => {
	await Promise.all([one?.close(), other?.close(), unlucky?.close(), server?.stop()]);
	await rm(folder, { recursive: true, force: true });
});

/** The same document as another file, by what follows its end. */
function variant(name: string): Buffer {
	return Buffer.concat([pdf.content, Buffer.from(`\n% ${name}\n`)]);
}

async function extract(executor: QuickExecutor, names: string[]): Promise<QuickRun> {
	const options = { retries: 0 };
	const parameters = { resource: 'pdf', operation: 'extractText', options };
	const finished = await executor.run({
		workflow: new WorkflowBuilder().artificer('Node', parameters).chain('Start', 'Node').build(),
		credentials: {
			artificer: { address: server.address, authentication: 'bearerToken', token },
		},
		pinData: {
			Start: names.map((name) => {
				const data = variant(name).toString('base64');
				const file = { data, fileName: `${name}.pdf`, mimeType: 'application/pdf' };
				return { json: {}, binary: { data: file } };
			}),
		},
		storeFiles: true,
	});
	expect(finished.data.resultData.error?.message).toBeUndefined();
	return finished;
}

/** Whether each item's answer came from the cache; all of them must hold the text. */
async function cached(executor: QuickExecutor, ...names: string[]): Promise<boolean[]> {
	const items = itemsOf(await extract(executor, names), 'Node').map(({ json }) => json);
	for (const { text } of items) expect(text).toContain('안녕하세요');
	return items.map(({ metadata }) => (metadata as IDataObject).cached === true);
}

/** How often the server was asked. */
function asked(): number {
	return server.stderr().split('PDFService/ExtractText').length - 1;
}

/** The entry that some work adds to the folder. */
async function entryOf(work: () => Promise<unknown>): Promise<string> {
	const before = await readdir(cache).catch((): string[] => []);
	await work();
	const added = (await readdir(cache)).filter((name) => !before.includes(name));
	expect(added).toHaveLength(1);
	return path.join(cache, added[0] ?? '');
}

describe('a cache folder that workers share', () => {
	// Broken by a key that differs between processes, or an answer that only its own process finds.
	it('gives one process what another has asked for', async () => {
		const before = asked();
		expect(await cached(one, 'shared')).toEqual([false]);
		expect(await cached(other, 'shared')).toEqual([true]);
		expect(asked()).toBe(before + 1);
	});

	// Broken by files that others on the machine may read, or that tell whose document it was.
	it('is for its owner alone, and tells neither names nor secrets', async () => {
		const entry = await entryOf(async () => await extract(one, ['contract-with-mr-kim']));
		expect((await stat(cache)).mode & 0o777).toBe(0o700);
		expect((await stat(entry)).mode & 0o777).toBe(0o600);
		expect(path.basename(entry)).toMatch(/^[0-9a-f]{64}\.answer$/);
		const content = await readFile(entry, 'latin1');
		for (const secret of [token, 'mr-kim']) expect(content).not.toContain(secret);
	});

	// Broken by taking what a disk has damaged for an answer, or by failing for it.
	it.each([
		['changed', (content: Buffer) => content.fill(1, content.length - 20)],
		['cut off', (content: Buffer) => content.subarray(0, content.length / 2)],
		['emptied', () => Buffer.alloc(0)],
	])('asks anew where an entry was %s', async (how, damage) => {
		const entry = await entryOf(async () => await extract(one, [how]));
		const { mtime } = await stat(entry);
		await writeFile(entry, damage(await readFile(entry)));
		await utimes(entry, mtime, mtime);
		expect(await cached(other, how)).toEqual([false]);
	});

	// Broken by an answer that is given for ever.
	it('asks anew where an entry has expired', async () => {
		const entry = await entryOf(async () => await extract(one, ['old']));
		const past = new Date(Date.now() - 1000);
		await utimes(entry, past, past);
		expect(await cached(other, 'old')).toEqual([false]);
	});

	// Broken by one process reading what another is just writing, or by files left half written.
	it('serves both at once', async () => {
		const names = Array.from({ length: 20 }, (_, number) => `both ${number}`);
		const before = (await readdir(cache)).length;
		await Promise.all([cached(one, ...names), cached(other, ...names)]);
		const after = await readdir(cache);
		expect(after).toHaveLength(before + names.length);
		expect(after.filter((name) => !name.endsWith('.answer'))).toEqual([]);
		expect(await cached(other, ...names)).toEqual(names.map(() => true));
	});

	// Broken by a call that fails for its cache, or by a warning for each item.
	it('is warned of once where it can not be used, and the calls go on', async () => {
		expect(await cached(unlucky, 'a', 'b', 'c')).toEqual([false, false, false]);
		const warnings = (await readFile(log, 'utf8'))
			.split('\n')
			.filter((line) => line.includes('cache'));
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toContain("can't be used, calls go on without it: ENOTDIR");
	});
});
