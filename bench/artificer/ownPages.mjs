// @ts-check
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const checkout = path.resolve(import.meta.dirname, '..', '..');

/** The pages of this project's docs, one after the other: real Markdown with all that it has. */
export async function ownPages() {
	const names = (await readdir(path.join(checkout, 'docs'))).filter((name) => name.endsWith('.md'));
	const files = [...names.sort().map((name) => path.join('docs', name)), 'README.md'];
	const pages = await Promise.all(
		files.map(async (file) => await readFile(path.join(checkout, file), 'utf8')),
	);
	return pages.join('\n\n');
}
