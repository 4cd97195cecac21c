// @ts-check
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from './failures.mjs';

/**
 * @typedef {object} Ledger what the sandbox has put into its n8n, so that it never does so twice
 * @property {Record<string, { id: string, address: string }>} credentials by type: the id that n8n
 * gave, and the address that the sandbox wrote
 * @property {Record<string, { imported: string }>} templates by id: when it was imported
 */

/**
 * @param {string} folder
 * @returns {Promise<Ledger>}
 */
export async function readLedger(folder) {
	return (await readJson(path.join(folder, 'ledger.json'))) ?? { credentials: {}, templates: {} };
}

/**
 * @param {string} folder
 * @param {Ledger} ledger
 */
export async function writeLedger(folder, ledger) {
	await writeJson(path.join(folder, 'ledger.json'), ledger);
}

/**
 * @param {string} file
 * @returns {Promise<any>} undefined when there is no such file
 */
export async function readJson(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

/**
 * Writes whole or not at all; only this user may read it, since some of these hold a password.
 *
 * @param {string} file
 * @param {unknown} value
 */
export async function writeJson(file, value) {
	await mkdir(path.dirname(file), { recursive: true });
	const beside = `${file}.new`;
	await writeFile(beside, `${JSON.stringify(value, null, '\t')}\n`, { mode: 0o600 });
	await rename(beside, file);
}
