// @ts-check
import { serve } from '../../test/executor/support/ipc.mjs';
import { loadCore } from '../../test/executor/support/quickCore.mjs';
import { memoryOf } from '../support/memory.mjs';
import { variantOf } from '../support/pdfs.mjs';
import { node, runNodes } from '../support/workflow.mjs';
import { outputOf, runArtificer, storedItem } from './target.mjs';

// One n8n, for one contestant alone: its memory is told apart from the other's.

const core = await loadCore();
/** @type {object[]} */
let items = [];

/** @type {Record<string, (address: string) => Promise<any[]>>} */
const contestants = {
	artificer: async (address) =>
		await runArtificer({ core, address, pid: 0 }, items, {
			resource: 'pdf',
			operation: 'extractText',
			// The rounds send the same files.
			options: { cacheMinutes: 0 },
		}),
	extractFromFile: async () => {
		const parameters = { operation: 'pdf', binaryPropertyName: 'data', options: {} };
		const extract = node('Extract', 'n8n-nodes-base.extractFromFile', 1, parameters);
		return outputOf(await runNodes(core, [extract], items, {}), 'Extract');
	},
};

serve(
	{
		/**
		 * Puts so many variants of a PDF into n8n's store, in place of the ones before.
		 *
		 * @param {Uint8Array} pdf
		 * @param {number} files
		 */
		async receive(pdf, files) {
			items = [];
			for (let number = 0; number < files; number++) {
				const variant = variantOf(Buffer.from(pdf), number);
				items.push(await storedItem({ core }, variant, `${number}.pdf`));
			}
		},
		/**
		 * @param {string} contestant
		 * @param {string} address of the local Artificer
		 * @param {number} least characters that a PDF holds
		 */
		async run(contestant, address, least) {
			const begun = performance.now();
			const { most } = await memoryOf(async () =>
				demandText((await contestants[contestant]?.(address)) ?? [], least),
			);
			return { ms: (performance.now() - begun) / items.length, most };
		},
	},
	core.close,
);

/**
 * A result without the text is no result.
 *
 * @param {any[]} results
 * @param {number} least
 */
function demandText(results, least) {
	const read = results.filter(({ json }) => String(json.text).length > least);
	if (read.length !== items.length) {
		throw new Error(`Only ${read.length} of ${items.length} PDFs were read`);
	}
}
