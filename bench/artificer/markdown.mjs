// @ts-check
import { call } from '../support/grpc.mjs';
import { inTurn, median, timesTable } from '../support/measure.mjs';
import { engine } from './engines.mjs';
import { ownPages } from './ownPages.mjs';
import { bare, oneWorker, twoWorkers } from './servers.mjs';

const rounds = 7;
const size = 500_000;

/**
 * Much Markdown to Portable Text and back.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function markdown({ one, two }) {
	const pages = await ownPages();
	const content = pages.repeat(Math.ceil(size / pages.length)).slice(0, size);
	const { importMarkdown } = await engine('document/fromMarkdown.js');
	const { exportMarkdown } = await engine('document/toMarkdown.js');
	const throughServer = async (/** @type {import('@grpc/grpc-js').Client} */ client) => {
		const { document } = await call(client, 'ConversionService/ImportMarkdown', { content });
		demandAll((await call(client, 'ConversionService/ExportMarkdown', { document })).markdown);
	};
	const contestants = {
		[bare]: async () => {
			const document = await importMarkdown({ content, strict: false, includeMetadata: false });
			demandAll(await exportMarkdown({ document, includeMetadata: false }));
		},
		[oneWorker]: async () => await throughServer(one),
		[twoWorkers]: async () => await throughServer(two),
	};
	await inTurn(contestants, 2);
	const times = await inTurn(contestants, rounds);
	const taken = median(times[twoWorkers] ?? []);
	return {
		tables: [
			timesTable(`${size / 1000} KB of Markdown to Portable Text and back:`, times, bare, 'ms'),
		],
		goals: [
			{
				goal: `${size / 1000} KB of Markdown to Portable Text and back in under a second, through the server`,
				measured: `${taken.toFixed(0)} ms`,
				met: taken < 1000,
			},
		],
	};
}

/** @param {string} result */
function demandAll(result) {
	if (result.length < 0.9 * size) throw new Error(`Only ${result.length} characters came back`);
}
