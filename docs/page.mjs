// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a made page into docs/, or with `--check` says whether the page there still fits.
 *
 * @param {string} name of the page's file
 * @param {string} text
 * @param {string[]} args of the command
 * @returns {Promise<void>}
 */
export async function writeOrCheck(name, text, args) {
	const file = path.join(import.meta.dirname, name);
	if (!args.includes('--check')) {
		await writeFile(file, text);
		return;
	}
	if ((await readFile(file, 'utf8')) === text) return;
	console.error(`docs/${name} no longer fits the code: run \`npm run docs\` and commit the page.`);
	process.exitCode = 1;
}

/**
 * A Markdown table.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
	return [head, head.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.map(cell).join(' | ')} |`)
		.join('\n');
}

/** @param {string} text */
function cell(text) {
	return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/**
 * A value as code; nothing for one that is empty.
 *
 * @param {unknown} value
 */
export function code(value) {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text === '' ? '' : `\`${text}\``;
}
