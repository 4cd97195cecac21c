// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bringUp } from './bring-up.mjs';
import { packedPackage } from './build.mjs';
import { freePort } from './ports.mjs';
import { endAll } from './processes.mjs';
import { RunningNote } from './running.mjs';
import { defaultPorts, readSettings } from './settings.mjs';
import { Steps } from './steps.mjs';

/**
 * @typedef {import('./bring-up.mjs').Sandbox & { folder: string, close: () => Promise<void> }} TemporarySandbox
 * a sandbox with a folder of its own, which goes when it is closed
 */

/**
 * A sandbox as `npm start` brings it up, beside any other one: on free ports, in a folder of its
 * own, with services of its own. For tests and for the pictures in docs/.
 *
 * @param {NodeJS.WriteStream} [out] where its steps are told; standard output by default
 * @returns {Promise<TemporarySandbox>}
 */
export async function temporarySandbox(out) {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-sandbox-'));
	const remove = async () => {
		await endAll();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const sandbox = await bringUp({
			settings: await ownSettings(),
			packed: await packedPackage(),
			steps: new Steps(out),
			note: await RunningNote.claim(folder),
			folder,
		});
		return { ...sandbox, folder, close: remove };
	} catch (error) {
		await remove();
		throw error;
	}
}

/** @returns {Promise<import('./settings.mjs').Settings>} */
async function ownSettings() {
	const ports = Object.keys(defaultPorts).map(async (name) => [name, String(await freePort())]);
	return readSettings(Object.fromEntries(await Promise.all(ports)));
}
