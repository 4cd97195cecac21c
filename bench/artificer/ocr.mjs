// @ts-check
import { call, stream } from '../support/grpc.mjs';
import { inTurn, median, timesTable } from '../support/measure.mjs';
import { englishPdf } from '../support/pdfs.mjs';
import { engine } from './engines.mjs';
import { bare, oneWorker, twoWorkers } from './servers.mjs';

const rounds = 3;
/** As the server reads by default. */
const languages = ['eng', 'kor'];

/**
 * The text of a full page by recognition.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function ocr({ one, two }) {
	const image = await fullPage(two);
	const { findTesseract, readWithProgram } = await engine('ocr/program.js');
	const { readWithWasm } = await engine('ocr/wasm.js');
	const program = await findTesseract();
	const never = new AbortController().signal;
	const throughServer = async (/** @type {import('@grpc/grpc-js').Client} */ client) =>
		demandText(
			await call(client, 'ImageService/ExtractTextFromImage', {
				image_data: image,
				content_type: 'image/png',
			}),
		);
	const contestants = {
		[bare]: async () =>
			demandText(
				program
					? await readWithProgram(program, image, languages, never)
					: await readWithWasm({ image, languages }),
			),
		[oneWorker]: async () => await throughServer(one),
		[twoWorkers]: async () => await throughServer(two),
	};
	await inTurn(contestants, 1);
	const times = await inTurn(contestants, rounds);
	const share = median(times[oneWorker] ?? []) / median(times[bare] ?? []);
	const means = program ? `the program ${program.version}` : 'tesseract.js';
	return {
		tables: [timesTable(`OCR of a full page at 200 dpi, by ${means}:`, times, bare)],
		goals: [
			{
				goal: 'OCR of a full page within 1.15 times the engine bare',
				measured: `${share.toFixed(2)} times`,
				met: share <= 1.15,
			},
		],
	};
}

/** @param {import('@grpc/grpc-js').Client} client */
async function fullPage(client) {
	const request = { pdf_data: await englishPdf(1), dpi: 200, format: 'png' };
	for await (const page of stream(client, 'PDFService/ExtractPagesToImages', request)) {
		return page.image_data;
	}
	throw new Error('The page was not rendered');
}

/** @param {{ text: string }} reading */
function demandText({ text }) {
	if (text.length < 2000) throw new Error(`Only ${text.length} characters were read`);
}
