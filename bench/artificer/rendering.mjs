// @ts-check
import { stream } from '../support/grpc.mjs';
import { inTurn, median, timesTable } from '../support/measure.mjs';
import { englishPdf, koreanPdf } from '../support/pdfs.mjs';
import { engine, sourceOf } from './engines.mjs';
import { bare, oneWorker, twoWorkers } from './servers.mjs';

const warmUps = 4;
const rounds = 9;
const pages = 16;
const dpi = 150;

/**
 * Pages of PDFs as images.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function rendering(servers) {
	const english = await compare(servers, await englishPdf(pages));
	const korean = await compare(servers, await koreanPdf(pages));
	const gained = median(english[oneWorker] ?? []) / median(english[twoWorkers] ?? []);
	return {
		tables: [
			timesTable(`${pages} English pages as PNG at ${dpi} dpi:`, english, bare, 'ms'),
			timesTable(`${pages} Korean pages as PNG at ${dpi} dpi:`, korean, bare, 'ms'),
		],
		goals: [
			{
				goal: 'Two workers give at least 1.6 times one for rendering',
				measured: `${gained.toFixed(2)} times`,
				met: gained >= 1.6,
			},
		],
	};
}

/**
 * @param {import('./servers.mjs').Servers} servers
 * @param {Buffer} pdf
 */
async function compare({ one, two }, pdf) {
	const contestants = {
		[bare]: async () => demandAll(await renderBare(pdf)),
		[oneWorker]: async () => demandAll(await renderByServer(one, pdf)),
		[twoWorkers]: async () => demandAll(await renderByServer(two, pdf)),
	};
	await inTurn(contestants, warmUps);
	return await inTurn(contestants, rounds);
}

/** @param {Buffer} pdf */
async function renderBare(pdf) {
	const { renderPage } = await engine('pdf/render.js');
	const job = { source: sourceOf(pdf), dpi, format: 'png', maxWidth: 0, maxHeight: 0 };
	let rendered = 0;
	for (let page = 0; page < pages; page++) {
		const { data } = await renderPage({ ...job, page, maxPixels: 1e8 });
		rendered += Number(data.length > 0);
	}
	return rendered;
}

/**
 * @param {import('@grpc/grpc-js').Client} client
 * @param {Buffer} pdf
 */
async function renderByServer(client, pdf) {
	const request = { pdf_data: pdf, dpi, format: 'png' };
	let rendered = 0;
	for await (const page of stream(client, 'PDFService/ExtractPagesToImages', request)) {
		rendered += Number(page.image_data.length > 0);
	}
	return rendered;
}

/** @param {number} rendered */
function demandAll(rendered) {
	if (rendered !== pages) throw new Error(`Only ${rendered} of ${pages} pages were rendered`);
}
