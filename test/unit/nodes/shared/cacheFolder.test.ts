import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CacheFolder } from '../../../../nodes/shared/cacheFolder';
import { cacheFolderSettings } from '../../../../nodes/shared/environment';

const most = 100_000;
const entry = Buffer.alloc(10_000, 7);

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'cache-folder-'));
});

afterEach(async () => await rm(folder, { recursive: true, force: true }));

function key(number: number): string {
	return number.toString(16).padStart(64, '0');
}

async function bytesHeld(): Promise<number> {
	const files = await readdir(folder);
	const sizes = await Promise.all(
		files.map(async (name) => (await stat(path.join(folder, name))).size),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

describe('a cache folder', () => {
	// Broken by bytes that are not what was kept.
	it('gives back what was kept, and nothing for another key', async () => {
		const cache = new CacheFolder(path.join(folder, 'made', 'when', 'needed'), most);
		expect(await cache.read(key(1))).toBeUndefined();
		await cache.write(key(1), Buffer.from('kept'), 60);
		expect(String(await cache.read(key(1)))).toBe('kept');
		expect(await cache.read(key(2))).toBeUndefined();
	});

	// Broken by a folder that grows without end, or that lets go what would hold longest.
	it('stays within its bound, and lets go first what expires first', async () => {
		const cache = new CacheFolder(folder, most);
		for (let number = 0; number < 30; number++) {
			await cache.write(key(number), entry, 60 + number);
			expect(await bytesHeld()).toBeLessThan(most * 1.2);
		}
		expect(await cache.read(key(0))).toBeUndefined();
		expect(await cache.read(key(29))).toEqual(entry);
	});

	// Broken by what has expired lying there until its room is needed.
	it('removes what has expired, and what a process that died left half written', async () => {
		const [dead, underway] = ['dead', 'underway'].map((name, number) =>
			path.join(folder, `${key(number)}.answer.${Buffer.from(name).toString('hex')}.part`),
		) as [string, string];
		await Promise.all([writeFile(dead, 'half'), writeFile(underway, 'half')]);
		const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
		await utimes(dead, hoursAgo, hoursAgo);
		await new CacheFolder(folder, most).write(key(1), entry, 0.001);
		// Two writes may take less than the millisecond for which it holds.
		await wait(10);
		await new CacheFolder(folder, most).write(key(2), entry, 60);
		const left = [`${key(2)}.answer`, path.basename(underway)];
		expect((await readdir(folder)).sort()).toEqual(left.sort());
	});

	// Broken by removing files of the user's, who named a folder that isn't empty.
	it('leaves alone what is not its own', async () => {
		const foreign = path.join(folder, 'thesis.pdf');
		await writeFile(foreign, 'years of work');
		await utimes(foreign, new Date(0), new Date(0));
		await new CacheFolder(folder, 1).write(key(1), entry, 60);
		expect(await readdir(folder)).toEqual(['thesis.pdf']);
	});
});

describe('the settings of the cache folder', () => {
	// Broken by a folder that is used without being asked for, or a setting that isn't read.
	it('are none without a folder, else the folder and its bound', () => {
		expect(cacheFolderSettings({})).toBeUndefined();
		expect(cacheFolderSettings({ ARTIFICER_CACHE_FOLDER: ' ' })).toBeUndefined();
		const environment = { ARTIFICER_CACHE_FOLDER: '/var/cache/artificer' };
		expect(cacheFolderSettings(environment)).toEqual({
			folder: '/var/cache/artificer',
			mostBytes: 1024 * 1024 * 1024,
		});
		expect(cacheFolderSettings({ ...environment, ARTIFICER_CACHE_MB: '5' })?.mostBytes).toBe(
			5 * 1024 * 1024,
		);
	});

	// Broken by a value that is taken for another.
	it.each([
		[{ ARTIFICER_CACHE_FOLDER: 'cache' }, 'ARTIFICER_CACHE_FOLDER is "cache"'],
		[{ ARTIFICER_CACHE_FOLDER: '/c', ARTIFICER_CACHE_MB: 'much' }, 'ARTIFICER_CACHE_MB is "much"'],
		[{ ARTIFICER_CACHE_FOLDER: '/c', ARTIFICER_CACHE_MB: '0' }, 'ARTIFICER_CACHE_MB is "0"'],
	])('%j are refused in one sentence', (environment, message) => {
		expect(() => cacheFolderSettings(environment)).toThrow(message);
	});
});
