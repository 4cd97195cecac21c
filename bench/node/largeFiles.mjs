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
 * @returns {Promise<import('./target.mjs').Part>}
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
	const more = most - before;
	return {
		tables: [
			{
				caption: `${files} PDFs of ${megabytes} MB through the Artificer node, ${atOnce} at once; memory of n8n's process (resident set):`,
				columns: ['At its start, MB', 'At most, MB', 'More, MB'],
				rows: [[before, most, more].map((value) => value.toFixed(0))],
			},
		],
		goals: [
			{
				goal: `${files} PDFs of ${megabytes} MB raise n8n's memory by at most 300 MB`,
				measured: `${more.toFixed(0)} MB`,
				met: more <= 300,
			},
		],
	};
}
