// @ts-check
import { memoryOf } from '../support/memory.mjs';
import { largePdf, variantOf } from '../support/pdfs.mjs';
import { runArtificer, storedItem } from './target.mjs';

const files = 200;
const megabytes = 5;
const atOnce = 4;

/**
 * The memory of n8n's process while many large files pass through it.
 *
 * @param {import('./target.mjs').Target} target
 */
export async function largeFiles(target) {
	const pdf = await largePdf(megabytes * 1024 * 1024);
	/** @type {object[]} */
	const items = [];
	for (let number = 0; number < files; number++) {
		items.push(await storedItem(target, variantOf(pdf, number), `${number}.pdf`));
	}
	const parameters = { resource: 'pdf', operation: 'extractText', options: { atOnce } };
	await runArtificer(target, items.slice(0, 1), parameters);
	let given = 0;
	const { before, most } = await memoryOf(async () => {
		given = (await runArtificer(target, items.slice(1), parameters)).length;
	});
	if (given !== files - 1) throw new Error(`${files - 1} files went in, ${given} results came out`);
	return [
		`${files} PDFs of ${megabytes} MB through the Artificer node, ${atOnce} at once; memory of n8n's process (resident set):`,
		'| at its start, MB | at most, MB | more, MB |\n|---|---|---|\n' +
			`| ${before.toFixed(0)} | ${most.toFixed(0)} | ${(most - before).toFixed(0)} |`,
		'Goal: at most 300 MB more.',
	].join('\n\n');
}
