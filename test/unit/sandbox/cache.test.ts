import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { callSandbox, runScript, startScript } from './support/inNode';

describe('a folder that is made once', () => {
	let parent: string;
	let folder: string;

	beforeEach(() => {
		parent = mkdtempSync(path.join(os.tmpdir(), 'cache-test-'));
		folder = path.join(parent, 'made');
	});

	afterEach(() => {
		rmSync(parent, { recursive: true, force: true });
	});

	/** Makes the folder, saying so in a file beside it each time; `during` runs while it is half. */
	const making = (during = '', bytesNeeded = 1) => `
		const { appendFile, writeFile } = await import('node:fs/promises');
		const { setTimeout: wait } = await import('node:timers/promises');
		const { madeOnce } = await library('cache.mjs');
		const made = await madeOnce(${JSON.stringify(folder)}, {
			bytesNeeded: ${bytesNeeded},
			make: async (partial) => {
				await appendFile(${JSON.stringify(path.join(parent, 'times'))}, '.');
				await writeFile(partial + '/half', '');
				${during}
				return {};
			},
		}).catch((error) => error.message);
		console.log(JSON.stringify(made));
	`;
	const times = () => readFileSync(path.join(parent, 'times'), 'utf8').length;

	it('is made the first time and then reused; broken by a marker that nobody reads', async () => {
		expect(JSON.parse(await runScript(making()))).toEqual({ made: true });
		expect(JSON.parse(await runScript(making()))).toEqual({ made: false });
		expect(times()).toBe(1);
	});

	it('is made by one of two at once; broken by two that work in the same place', async () => {
		const slow = making('await wait(700);');
		const outcomes = await Promise.all([runScript(slow), runScript(slow)]);
		expect(outcomes.map((text) => JSON.parse(text).made).sort()).toEqual([false, true]);
		expect(times()).toBe(1);
	});

	it('is not there when making it failed; broken by a half folder that is left', async () => {
		const said = await runScript(making("throw new Error('the network is gone');"));
		expect(JSON.parse(said)).toBe('the network is gone');
		expect(readdirSync(parent)).toEqual(['times']);
	});

	it('is made anew after a run that was killed; broken by its lock or its leavings', async () => {
		const killed = startScript(making("console.log('half'); await wait(60_000);"));
		await once(killed.stdout!, 'data');
		killed.kill('SIGKILL');
		await once(killed, 'exit');
		expect(existsSync(folder)).toBe(false);
		expect(JSON.parse(await runScript(making()))).toEqual({ made: true });
		expect(readdirSync(parent).sort()).toEqual(['made', 'times']);
	});

	it('is refused in a sentence where the disk is too full; broken by a start that fills it', async () => {
		expect(JSON.parse(await runScript(making('', 1e18)))).toMatch(
			/of free space are needed in .*ARTIFICER_CACHE_DIR/,
		);
		expect(existsSync(folder)).toBe(false);
	});

	it('is refused in a sentence where a file is in the way; broken by a stack instead of words', async () => {
		writeFileSync(path.join(parent, 'file'), '');
		folder = path.join(parent, 'file', 'made');
		expect(JSON.parse(await runScript(making()))).toMatch(
			/a file is in the way.*ARTIFICER_CACHE_DIR/,
		);
	});
});

describe('the place of the cache', () => {
	const placeIn = async (env: Record<string, string>) =>
		await callSandbox<string>('cache.mjs', 'cacheFolder', env);

	it('follows the settings in order; broken by a HOME that counts more than what was chosen', async () => {
		const env = { ARTIFICER_CACHE_DIR: '/a', XDG_CACHE_HOME: '/x', HOME: '/h' };
		expect(await placeIn(env)).toBe('/a');
		expect(await placeIn({ XDG_CACHE_HOME: '/x', HOME: '/h' })).toBe('/x/n8n-nodes-artificer');
		expect(await placeIn({ XDG_CACHE_HOME: 'x', HOME: '/h' })).toBe(
			'/h/.cache/n8n-nodes-artificer',
		);
	});

	it('is a whole path also where HOME is empty; broken by a cache in the current folder', async () => {
		expect(path.isAbsolute(await placeIn({ HOME: '' }))).toBe(true);
	});
});
