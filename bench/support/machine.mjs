// @ts-check
import { readFile } from 'node:fs/promises';
import os from 'node:os';

/**
 * @typedef {object} Machine on what a bench was run
 * @property {string} processor its model; «unknown» where the system doesn't tell
 * @property {number} cores that the system gives to programs
 * @property {number} memoryGb in units of 10^9 bytes
 * @property {string} system name and release
 * @property {Record<string, string>} versions of the programs that took part, by name
 */

/** @returns {Promise<Machine>} */
export async function thisMachine() {
	const lock = new URL('../../sandbox/n8n/package.json', import.meta.url);
	const { dependencies } = JSON.parse(await readFile(lock, 'utf8'));
	const processors = os.cpus();
	return {
		processor: processors[0]?.model ?? 'unknown',
		cores: processors.length,
		memoryGb: Math.round(os.totalmem() / 1e9),
		system: `${os.type()} ${os.release()}`,
		versions: { Node: process.versions.node, n8n: dependencies.n8n },
	};
}

/**
 * The machine in a line.
 *
 * @param {Machine} machine
 */
export function machineLine({ processor, cores, memoryGb, system, versions }) {
	const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
	return [`${cores} cores (${processor})`, `${memoryGb} GB`, system, ...named].join(', ');
}
