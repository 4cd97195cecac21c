// @ts-check
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SandboxFailure, codeOf, explainFileFailure } from './failures.mjs';
import { identityOf, stillRuns } from './identity.mjs';
import { signalGroup } from './processes.mjs';

/** How long a left-over process may take to end by itself, in ms. */
const graceMs = 10_000;

/**
 * @typedef {object} Running who runs in a sandbox folder
 * @property {number} pid
 * @property {string} [identity]
 * @property {{ name: string, pid: number, identity?: string }[]} processes what it has started
 */

/**
 * Notes in a sandbox folder that this run is at work on it, and which processes it has started, so
 * that a second one stays away, and the next one can end what a killed one has left.
 */
export class RunningNote {
	/** @type {string} */
	#file;
	/** @type {Running} */
	#content;

	/**
	 * @param {string} file
	 * @param {Running} content
	 */
	constructor(file, content) {
		this.#file = file;
		this.#content = content;
	}

	/**
	 * @param {string} folder the sandbox's folder
	 * @returns {Promise<RunningNote>}
	 */
	static async claim(folder) {
		const file = path.join(folder, 'running.json');
		try {
			await mkdir(folder, { recursive: true });
			const content = { pid: process.pid, identity: await identityOf(process.pid), processes: [] };
			await demandNobody(folder);
			await writeFile(file, JSON.stringify(content), { flag: 'wx' });
			return new RunningNote(file, content);
		} catch (error) {
			if (codeOf(error) === 'EEXIST') throw alreadyRunning(folder);
			throw explainFileFailure(error, folder, 'move the checkout to another folder');
		}
	}

	/** @param {import('./processes.mjs').Started} started */
	async add({ name, pid }) {
		this.#content.processes.push({ name, pid, identity: await identityOf(pid) });
		await writeFile(this.#file, JSON.stringify(this.#content));
	}

	async release() {
		await rm(this.#file, { force: true });
	}
}

/**
 * Fails when a run is at work on the folder; ends what a killed run has left, and its note.
 *
 * @param {string} folder
 */
export async function demandNobody(folder) {
	const file = path.join(folder, 'running.json');
	const note = await readNote(file);
	if (note === undefined) return;
	if (note && (await stillRuns(note))) throw alreadyRunning(folder, note.pid);
	await Promise.all((note?.processes ?? []).map(endLeftover));
	await rm(file, { force: true });
}

/**
 * @param {string} folder
 * @param {number} [pid]
 */
function alreadyRunning(folder, pid) {
	const which = pid === undefined ? '' : `, as process ${pid}`;
	return new SandboxFailure(
		`A sandbox runs already on ${folder}${which}: end it with Ctrl-C where it was started (or «kill ${pid ?? '<its process>'}»), then try again.`,
	);
}

/**
 * @param {string} file
 * @returns {Promise<Running | null | undefined>} undefined: no note; null: one that can't be read,
 * as a killed run leaves it
 */
async function readNote(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		if (error instanceof SyntaxError) return null;
		throw error;
	}
}

/** @param {{ pid: number, identity?: string }} leftover */
async function endLeftover(leftover) {
	if (!(await stillRuns(leftover))) return;
	signalGroup(leftover.pid, 'SIGTERM');
	for (const end = Date.now() + graceMs; Date.now() < end; await wait(100)) {
		if (!(await stillRuns(leftover))) return;
	}
	signalGroup(leftover.pid, 'SIGKILL');
}
