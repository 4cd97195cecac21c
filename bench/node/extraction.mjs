// @ts-check
import { median } from '../support/measure.mjs';
import { memoryOf, memoryOfProcess } from '../support/memory.mjs';
import { englishPdf, koreanPdf, variantOf } from '../support/pdfs.mjs';
import { node, runNodes } from '../support/workflow.mjs';
import { outputOf, runArtificer, storedItem } from './target.mjs';

const rounds = 3;

/**
 * The text of PDFs by the Artificer node and a local server, and by n8n's own Extract From File.
 *
 * @param {import('./target.mjs').Target} target
 */
export async function extraction(target) {
	const sets = [
		{
			name: '10 pages, Korean',
			pdf: await koreanPdf(10),
			files: 30,
			goal: 5,
			least: 10_000,
		},
		{
			name: '100 pages, English',
			pdf: await englishPdf(100),
			files: 3,
			goal: 3,
			least: 200_000,
		},
	];
	const idle = await memoryOfProcess(target.pid);
	const rows = [];
	for (const set of sets) rows.push(await compared(target, set));
	const { most } = await memoryOfProcess(target.pid);
	return [
		`Text of PDFs, medians of ${rounds} rounds in turn, ms a file; memory of n8n's process at most while it ran:`,
		'| | Artificer node | Extract From File | times as fast | goal | n8n with Artificer, MB | n8n with Extract From File, MB |',
		'|---|---|---|---|---|---|---|',
		...rows,
	]
		.join('\n')
		.replace(':\n|', ':\n\n|')
		.concat(
			`\n\nThe local server held ${idle.now.toFixed(0)} MB before and ${most.toFixed(0)} MB at most.`,
		);
}

/**
 * @param {import('./target.mjs').Target} target
 * @param {{ name: string, pdf: Buffer, files: number, goal: number, least: number }} set
 */
async function compared(target, { name, pdf, files, goal, least }) {
	/** @type {object[]} */
	const items = [];
	for (let number = 0; number < files; number++) {
		items.push(await storedItem(target, variantOf(pdf, number), `${number}.pdf`));
	}
	const contestants = [
		async () =>
			await runArtificer(target, items, {
				resource: 'pdf',
				operation: 'extractText',
				// The rounds send the same files.
				options: { cacheMinutes: 0 },
			}),
		async () => await runExtractFromFile(target, items),
	];
	/** @type {{ times: number[], most: number }[]} */
	const accounts = contestants.map(() => ({ times: [], most: 0 }));
	for (let round = 0; round <= rounds; round++) {
		for (const [position, run] of contestants.entries()) {
			const begun = performance.now();
			const { most } = await memoryOf(async () => demandText(await run(), files, least));
			const account = accounts[position];
			// The first round only warms up.
			if (!account || round === 0) continue;
			account.times.push((performance.now() - begun) / files);
			account.most = Math.max(account.most, most);
		}
	}
	const [artificer, own] = accounts.map(({ times, most }) => ({ time: median(times), most }));
	if (!artificer || !own) throw new Error('A contestant is missing');
	const cells = [
		`${files} of ${name}`,
		artificer.time.toFixed(0),
		own.time.toFixed(0),
		(own.time / artificer.time).toFixed(1),
		String(goal),
		artificer.most.toFixed(0),
		own.most.toFixed(0),
	];
	return `| ${cells.join(' | ')} |`;
}

/**
 * @param {import('./target.mjs').Target} target
 * @param {any[]} items
 */
async function runExtractFromFile({ core }, items) {
	const parameters = { operation: 'pdf', binaryPropertyName: 'data', options: {} };
	const extract = node('Extract', 'n8n-nodes-base.extractFromFile', 1, parameters);
	return outputOf(await runNodes(core, [extract], items, {}), 'Extract');
}

/**
 * A result without the text is no result.
 *
 * @param {any[]} items
 * @param {number} files
 * @param {number} least characters that a PDF holds
 */
function demandText(items, files, least) {
	const read = items.filter(({ json }) => String(json.text).length > least);
	if (read.length !== files) throw new Error(`Only ${read.length} of ${files} PDFs were read`);
}
