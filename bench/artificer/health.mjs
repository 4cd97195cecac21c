// @ts-check
import { call } from '../support/grpc.mjs';
import { englishPdf } from '../support/pdfs.mjs';

const pages = 500;
/** PDFs read one after the other, so that there are hundreds of health checks to tell a 99th percentile of. */
const files = 3;

/**
 * How fast health is answered while both workers read a long document.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function health({ two }) {
	const pdf = await englishPdf(pages);
	const idle = await timesWhile(two, async () => {
		await new Promise((resolve) => setTimeout(resolve, 1000));
	});
	const busy = await timesWhile(two, async () => {
		for (let file = 0; file < files; file++) {
			await call(two, 'PDFService/ExtractText', { pdf_data: pdf });
		}
	});
	const row = (/** @type {string} */ name, /** @type {number[]} */ times) => [
		name,
		String(times.length),
		...[0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(1)),
	];
	const measured = percentile(busy, 0.99);
	return {
		tables: [
			{
				caption: `HealthCheck, one after the other, ms:`,
				columns: ['', 'Calls', 'Median', '99th percentile', 'Longest'],
				rows: [row('idle', idle), row(`while PDFs of ${pages} pages are read`, busy)],
			},
		],
		goals: [
			{
				goal: `HealthCheck's 99th percentile within 50 ms while a PDF of ${pages} pages is read`,
				measured: `${measured.toFixed(1)} ms`,
				met: measured <= 50,
			},
		],
	};
}

/**
 * The times of health checks while some work is done, in ms.
 *
 * @param {import('@grpc/grpc-js').Client} client
 * @param {() => Promise<void>} work
 */
async function timesWhile(client, work) {
	/** @type {number[]} */
	const times = [];
	let working = true;
	const done = work().finally(() => (working = false));
	while (working) {
		const begun = performance.now();
		await call(client, 'MetricsService/HealthCheck', {});
		times.push(performance.now() - begun);
	}
	await done;
	return times;
}

/**
 * @param {number[]} values
 * @param {number} share
 */
function percentile(values, share) {
	const ascending = [...values].sort((a, b) => a - b);
	return ascending[Math.ceil(share * ascending.length) - 1] ?? Number.NaN;
}
