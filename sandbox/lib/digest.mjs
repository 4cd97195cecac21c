// @ts-check
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from './failures.mjs';

/** Folders that are made, not written: a change in them is no change of the sources. */
const made = new Set(['node_modules', 'dist', 'generated', 'coverage', '.git']);

/**
 * A digest of files and folders: their relative names and contents. What isn't there counts as not
 * there.
 *
 * @param {string} root
 * @param {string[]} names files and folders under the root
 * @returns {Promise<string>} 64 hexadecimal digits
 */
export async function digestOf(root, names) {
	const hash = createHash('sha256');
	for (const name of names) {
		for (const file of (await filesUnder(path.join(root, name))).sort()) {
			const content = await readFile(file);
			hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest('hex');
}

/**
 * @param {string} entry
 * @returns {Promise<string[]>}
 */
async function filesUnder(entry) {
	let found;
	try {
		found = await stat(entry);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return [];
		throw error;
	}
	if (found.isFile()) return [entry];
	const children = await readdir(entry, { withFileTypes: true });
	const lists = await Promise.all(
		children
			.filter((child) => !made.has(child.name) && !child.name.endsWith('.tsbuildinfo'))
			.map((child) => filesUnder(path.join(entry, child.name))),
	);
	return lists.flat();
}
