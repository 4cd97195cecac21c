// @ts-check
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { codeOf } from '../../sandbox/lib/failures.mjs';
import { readJson } from '../../sandbox/lib/ledger.mjs';
import { thisMachine } from './machine.mjs';

/** @typedef {import('./findings.mjs').Findings} Findings */
/** @typedef {import('./findings.mjs').Result} Result */

const checkout = path.resolve(import.meta.dirname, '..', '..');
const resultsFolder = path.join(checkout, 'bench', 'results');
const notesFolder = path.join(checkout, 'bench', 'notes');

/** Where the pictures of docs/performance.md lie. */
export const picturesFolder = path.join(checkout, 'docs', 'pictures');

/**
 * Keeps what a bench has found, instead of what its last run found.
 *
 * @param {string} bench
 * @param {{ begun: Date, findings: Findings }} run
 * @returns {Promise<void>}
 */
export async function keepResult(bench, { begun, findings }) {
	demandWhole(bench, findings);
	const { pictures = [], versions = {}, ...told } = findings;
	const machine = await thisMachine();
	const result = {
		bench,
		measured: begun.toISOString(),
		seconds: Math.round((Date.now() - begun.getTime()) / 1000),
		machine: { ...machine, versions: { ...machine.versions, ...versions } },
		findings: { ...told, pictures: pictures.map(({ file, alt }) => ({ file, alt })) },
	};
	await mkdir(picturesFolder, { recursive: true });
	for (const { file, content } of pictures) {
		await writeFile(path.join(picturesFolder, file), content);
	}
	await mkdir(resultsFolder, { recursive: true });
	const file = path.join(resultsFolder, `${bench}.json`);
	const style = await resolveConfig(file);
	await writeFile(file, await format(JSON.stringify(result), { ...style, filepath: file }));
}

/**
 * A table with a cell too few would shift what it says under the wrong heading.
 *
 * @param {string} bench
 * @param {Findings} findings
 */
function demandWhole(bench, { tables }) {
	for (const { caption, columns, rows } of tables) {
		const wrong = rows.find((row) => row.length !== columns.length);
		if (wrong) {
			throw new Error(
				`The bench ${bench} gave a row of ${wrong.length} cells for ${columns.length} columns under «${caption}»: ${wrong.join(' | ')}`,
			);
		}
	}
}

/**
 * What the last run of a bench found.
 *
 * @param {string} bench
 * @returns {Promise<Result | undefined>} undefined when it has never run
 */
export async function resultOf(bench) {
	return await readJson(path.join(resultsFolder, `${bench}.json`));
}

/**
 * What people have to say to a bench's figures, such as what was tried for a goal that isn't met.
 *
 * @param {string} bench
 * @returns {Promise<string | undefined>} Markdown, undefined when there is none
 */
export async function notesOn(bench) {
	try {
		return (await readFile(path.join(notesFolder, `${bench}.md`), 'utf8')).trim();
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}
