// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { table } from '../../docs/page.mjs';
import { checkout } from '../../sandbox/lib/checkout.mjs';

const readme = path.join(checkout, 'README.md');
const place = /(<!-- versions: made by `npm run versions` -->\n)[^]*?(<!-- end of versions -->)/;

/**
 * Puts what was seen into the README, in place of what was seen last time.
 *
 * @param {import('./attempt.mjs').Attempt[]} attempts
 */
export async function writeTable(attempts) {
	const templates = attempts[0]?.results.map(({ template }) => template) ?? [];
	const rows = attempts.map(({ version, node, results }) => [
		version,
		node.replace('v', ''),
		...results.map(({ wrong }) => wrong ?? 'ran, right result'),
	]);
	const text = await readFile(readme, 'utf8');
	if (!place.test(text)) throw new Error('README.md has no place for the table of versions.');
	const made = table(['n8n', 'Node', ...templates], rows);
	await writeFile(
		readme,
		text.replace(place, (_, before, after) => `${before}${made}\n${after}`),
	);
}
