// @ts-check
import { stream } from '../support/grpc.mjs';
import { memoryOfProcess } from '../support/memory.mjs';
import { englishPdf } from '../support/pdfs.mjs';

const pages = 200;
const dpi = 150;

/**
 * The server's memory while it streams many pages.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function pageStream({ two, pid }) {
	const pdf = await englishPdf(pages);
	const before = await memoryOfProcess(pid);
	const request = { pdf_data: pdf, dpi, format: 'png' };
	let given = 0;
	let bytes = 0;
	for await (const page of stream(two, 'PDFService/ExtractPagesToImages', request)) {
		given += 1;
		bytes += page.image_data.length;
	}
	if (given !== pages) throw new Error(`Only ${given} of ${pages} pages were rendered`);
	const { most } = await memoryOfProcess(pid);
	return {
		tables: [
			{
				caption: `${pages} pages streamed as PNG at ${dpi} dpi; the server's resident memory with two workers:`,
				columns: ['Images, MB', 'Before, MB', 'At most, MB'],
				rows: [[(bytes / 1e6).toFixed(0), before.now.toFixed(0), most.toFixed(0)]],
			},
		],
		goals: [
			{
				goal: `${pages} pages at ${dpi} dpi streamed within 400 MB of resident memory in all`,
				measured: `${most.toFixed(0)} MB`,
				met: most <= 400,
			},
		],
	};
}
