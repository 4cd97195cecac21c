// @ts-check
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SandboxFailure, codeOf, explainFileFailure } from './failures.mjs';
import { identityOf, stillRuns } from './identity.mjs';
import { goOn, interrupted } from './interruption.mjs';
import { size } from './terminal.mjs';

/** Written last: a folder without it isn't finished. */
const marker = '.finished.json';
const remedy = 'set ARTIFICER_CACHE_DIR to another folder';
/** How often a waiting set-up looks whether the other one has finished, in ms. */
const lockInterval = 500;

/**
 * `ARTIFICER_CACHE_DIR`: the folder for what other checkouts can reuse, such as the installed n8n.
 * Default `$XDG_CACHE_HOME/n8n-nodes-artificer`, else `~/.cache/n8n-nodes-artificer`.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function cacheFolder(env) {
	if (env.ARTIFICER_CACHE_DIR) return path.resolve(env.ARTIFICER_CACHE_DIR);
	// By the specification of XDG, a relative path there is to be ignored.
	if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) {
		return path.join(env.XDG_CACHE_HOME, 'n8n-nodes-artificer');
	}
	const home = env.HOME || os.userInfo().homedir;
	return path.join(home, '.cache', 'n8n-nodes-artificer');
}

/**
 * A folder that is made once and then only read. It is made beside its place and moved there when
 * it is whole, so that an interrupted run leaves nothing half; a second run at the same time waits
 * for the first.
 *
 * @param {string} folder its place, whose name says all that its contents depend on
 * @param {object} options
 * @param {number} options.bytesNeeded free space that making it needs
 * @param {(waiting: string) => void} [options.report]
 * @param {(partial: string) => Promise<Record<string, unknown>>} options.make fills the given empty
 * folder; what it returns is written into the marker
 * @returns {Promise<{ made: boolean }>}
 */
export async function madeOnce(folder, { bytesNeeded, report, make }) {
	if (await isFinished(folder)) return { made: false };
	const parent = path.dirname(folder);
	try {
		await mkdir(parent, { recursive: true });
		return await withLock(`${folder}.lock`, report, async () => {
			if (await isFinished(folder)) return { made: false };
			await removeLeftovers(folder);
			await demandSpace(parent, bytesNeeded);
			const partial = `${folder}.partial-${randomUUID().slice(0, 8)}`;
			try {
				await mkdir(partial);
				const facts = await make(partial);
				goOn();
				await writeFile(path.join(partial, marker), `${JSON.stringify(facts, null, '\t')}\n`);
				await moveIntoPlace(partial, folder);
			} finally {
				await rm(partial, { recursive: true, force: true, maxRetries: 3 });
			}
			return { made: true };
		});
	} catch (error) {
		throw explainFileFailure(error, parent, remedy);
	}
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
export async function isFinished(folder) {
	return await stat(path.join(folder, marker)).then(
		() => true,
		() => false,
	);
}

/**
 * Two runs may make the same folder where the lock of a dead run was taken over by both: the first
 * one to finish wins, and both are right.
 *
 * @param {string} partial
 * @param {string} folder
 */
async function moveIntoPlace(partial, folder) {
	try {
		await rename(partial, folder);
	} catch (error) {
		const occupied = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '');
		if (!occupied) throw error;
		if (await isFinished(folder)) return;
		await rm(folder, { recursive: true, force: true });
		await rename(partial, folder);
	}
}

/**
 * What a killed run has left. Called under the lock: nobody is at work on them.
 *
 * @param {string} folder
 */
async function removeLeftovers(folder) {
	const parent = path.dirname(folder);
	for (const name of await readdir(parent)) {
		if (name.startsWith(`${path.basename(folder)}.partial-`)) {
			await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 3 });
		}
	}
}

/**
 * @param {string} folder
 * @param {number} bytesNeeded
 */
async function demandSpace(folder, bytesNeeded) {
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free >= bytesNeeded) return;
	throw new SandboxFailure(
		`${size(bytesNeeded)} of free space are needed in ${folder}, and there are ${size(free)}: free some, or ${remedy}.`,
	);
}

/**
 * Does work while no other run does it. A lock whose holder is gone is taken over.
 *
 * @template T
 * @param {string} lock
 * @param {((waiting: string) => void) | undefined} report
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withLock(lock, report, work) {
	const mine = JSON.stringify({ pid: process.pid, identity: await identityOf(process.pid) });
	for (;;) {
		goOn();
		try {
			await writeFile(lock, mine, { flag: 'wx' });
			break;
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
		}
		if (await isAbandoned(lock)) await rm(lock, { force: true });
		else {
			report?.('another run is at it, waiting for it');
			await wait(lockInterval, undefined, { signal: interrupted }).catch(goOn);
		}
	}
	try {
		return await work();
	} finally {
		await rm(lock, { force: true });
	}
}

/**
 * @param {string} lock
 * @returns {Promise<boolean>}
 */
async function isAbandoned(lock) {
	try {
		const { mtimeMs } = await stat(lock);
		const text = await readFile(lock, 'utf8');
		// Between being made and being written a lock is empty: that takes no time, unless its maker
		// was killed right there.
		if (!text) return Date.now() - mtimeMs > 5_000;
		return !(await stillRuns(JSON.parse(text)));
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return false;
		if (error instanceof SyntaxError) return true;
		throw error;
	}
}
