// @ts-check
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { call } from '../support/grpc.mjs';
import { inTurn, median, timesTable } from '../support/measure.mjs';
import { englishPdf, koreanPdf } from '../support/pdfs.mjs';
import { engine, sourceOf } from './engines.mjs';
import { programVersions, runProgram } from './programs.mjs';
import { bare, oneWorker, twoWorkers } from './servers.mjs';

/** Until the code of all contestants is compiled; with 3, a ratio to the engine was that of how far each had come. */
const warmUps = 20;
const rounds = 15;
const pdftotext = 'pdftotext';

/**
 * The text of PDFs.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function text(servers) {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'artificer-bench-'));
	try {
		const short = await compare(servers, folder, await englishPdf(10));
		const long = await compare(servers, folder, await englishPdf(100));
		const korean = await compare(servers, folder, await koreanPdf(10));
		const added = median(short[oneWorker] ?? []) / median(short[bare] ?? []) - 1;
		const gained = median(long[oneWorker] ?? []) / median(long[twoWorkers] ?? []);
		const beside = median(long[twoWorkers] ?? []) / median(long[pdftotext] ?? []);
		return {
			tables: [
				timesTable('Text of a PDF of 10 pages, English:', short, bare, 'ms'),
				timesTable('Text of a PDF of 100 pages, English:', long, bare, 'ms'),
				timesTable('Text of a PDF of 10 pages, Korean:', korean, bare, 'ms'),
			],
			goals: [
				{
					goal: 'gRPC adds at most 30 % to a 10-page extraction',
					measured: `${(added * 100).toFixed(0)} %`,
					met: added <= 0.3,
				},
				{
					goal: 'Two workers give at least 1.7 times one for text (a PDF of 100 pages)',
					measured: `${gained.toFixed(2)} times`,
					met: gained >= 1.7,
				},
				...(Number.isNaN(beside)
					? []
					: [
							{
								goal: 'The text of a 100-page PDF, its pages split over two workers, within 1.2 times pdftotext',
								measured: `${beside.toFixed(2)} times`,
								met: beside <= 1.2,
							},
						]),
			],
		};
	} finally {
		await rm(folder, { recursive: true });
	}
}

/**
 * @param {import('./servers.mjs').Servers} servers
 * @param {string} folder
 * @param {Buffer} pdf
 */
async function compare({ one, two }, folder, pdf) {
	const file = path.join(folder, 'document.pdf');
	await writeFile(file, pdf);
	/** @type {Set<string>} */
	const read = new Set();
	const throughServer = async (/** @type {import('@grpc/grpc-js').Client} */ client) => {
		const answer = await call(client, 'PDFService/ExtractText', { pdf_data: pdf });
		read.add(answer.text);
	};
	/** @type {Record<string, () => Promise<unknown>>} */
	const contestants = {
		[bare]: async () => read.add(await readBare(pdf)),
		[oneWorker]: async () => await throughServer(one),
		[twoWorkers]: async () => await throughServer(two),
	};
	if ((await programVersions())[pdftotext]) {
		contestants[pdftotext] = async () => await runProgram(pdftotext, [file, `${file}.txt`]);
	}
	await inTurn(contestants, warmUps);
	const times = await inTurn(contestants, rounds);
	if (read.size !== 1) throw new Error('The engine and the servers read different texts');
	return times;
}

/** @param {Buffer} pdf */
async function readBare(pdf) {
	const { inspect } = await engine('pdf/inspect.js');
	const { pageTexts } = await engine('pdf/text.js');
	const source = sourceOf(pdf);
	const { pages } = await inspect({ source });
	/** @type {{ text: string }[]} */
	const texts = [];
	while (texts.length < pages) {
		texts.push(...(await pageTexts({ source, from: texts.length, to: pages })));
	}
	return texts.map((page) => page.text).join('\f');
}
