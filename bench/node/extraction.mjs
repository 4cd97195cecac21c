// @ts-check
import { startHost } from '../support/host.mjs';
import { median } from '../support/measure.mjs';
import { memoryOfProcess } from '../support/memory.mjs';
import {
	embeddedEnglishPdf,
	englishPdf,
	koreanPdf,
	printedKoreanPdf,
	wholeFontKoreanPdf,
} from '../support/pdfs.mjs';

const rounds = 3;
const contestants = ['artificer', 'extractFromFile'];

/**
 * The text of PDFs by the Artificer node and a local server, and by n8n's own Extract From File.
 *
 * @param {import('./target.mjs').Target} target
 * @returns {Promise<import('./target.mjs').Part>}
 */
export async function extraction(target) {
	const sets = [
		{
			name: 'PDFs of 10 pages, Korean',
			goal: 5,
			least: 10_000,
			kinds: [
				{ name: 'printed by Chromium', files: 10, pdf: await printedKoreanPdf() },
				{ name: 'subset of a font', files: 10, pdf: await koreanPdf(10) },
				{ name: 'whole font', files: 10, pdf: await wholeFontKoreanPdf(10) },
			],
		},
		{
			name: 'PDFs of 100 pages, English',
			goal: 3,
			least: 200_000,
			kinds: [
				{ name: 'standard font', files: 3, pdf: await englishPdf(100) },
				{ name: 'subset of a font', files: 3, pdf: await embeddedEnglishPdf(100) },
			],
		},
	];
	const idle = await memoryOfProcess(target.pid);
	/** @type {Record<string, import('../support/host.mjs').Host>} */
	const hosts = {};
	const compared = [];
	try {
		for (const name of contestants) hosts[name] = await startHost('node/extractionHost.mjs');
		for (const set of sets) compared.push(await compare(target, hosts, set));
	} finally {
		for (const host of Object.values(hosts)) await host.close();
	}
	const { most } = await memoryOfProcess(target.pid);
	return {
		tables: [
			{
				caption: `Text of PDFs, medians of ${rounds} rounds in turn, ms a file; memory of the n8n process that each of them had for itself, at most while it ran (the local server held ${idle.now.toFixed(0)} MB before and ${most.toFixed(0)} MB at most):`,
				columns: [
					'',
					'Artificer node',
					'Extract From File',
					'Times as fast',
					'n8n with Artificer, MB',
					'n8n with Extract From File, MB',
				],
				rows: compared.flatMap(({ rows }) => rows),
			},
		],
		goals: compared.map(({ goal }) => goal),
	};
}

/**
 * @typedef {object} Kind PDFs that the same program made
 * @property {string} name
 * @property {number} files
 * @property {Buffer} pdf
 */

/**
 * @param {import('./target.mjs').Target} target
 * @param {Record<string, import('../support/host.mjs').Host>} hosts by contestant
 * @param {{ name: string, goal: number, least: number, kinds: Kind[] }} set
 */
async function compare(target, hosts, { name, goal, least, kinds }) {
	const measured = [];
	for (const kind of kinds) measured.push(await compareKind(target, hosts, kind, least));
	const all = { files: 0, artificer: 0, own: 0 };
	for (const { kind, artificer, own } of measured) {
		all.files += kind.files;
		all.artificer += artificer.time * kind.files;
		all.own += own.time * kind.files;
	}
	const times = all.own / all.artificer;
	return {
		rows: [
			...measured.map(({ kind, artificer, own }) => [
				`${kind.files} ${name}, ${kind.name}`,
				artificer.time.toFixed(0),
				own.time.toFixed(0),
				(own.time / artificer.time).toFixed(1),
				artificer.most.toFixed(0),
				own.most.toFixed(0),
			]),
			[
				`${name}, all ${all.files}`,
				(all.artificer / all.files).toFixed(0),
				(all.own / all.files).toFixed(0),
				times.toFixed(1),
				'',
				'',
			],
		],
		goal: {
			goal: `Text of ${all.files} ${name}: at least ${goal} times as fast as Extract From File`,
			measured: `${times.toFixed(1)} times`,
			met: times >= goal,
		},
	};
}

/**
 * @param {import('./target.mjs').Target} target
 * @param {Record<string, import('../support/host.mjs').Host>} hosts by contestant
 * @param {Kind} kind
 * @param {number} least characters that a PDF holds
 */
async function compareKind({ address }, hosts, kind, least) {
	/** @type {Record<string, { times: number[], most: number }>} */
	const accounts = {};
	for (const [contestant, host] of Object.entries(hosts)) {
		await host.call('receive', kind.pdf, kind.files);
		accounts[contestant] = { times: [], most: 0 };
	}
	for (let round = 0; round <= rounds; round++) {
		for (const [contestant, host] of Object.entries(hosts)) {
			const { ms, most } = await host.call('run', contestant, address, least);
			const account = accounts[contestant];
			// The first round only warms up.
			if (!account || round === 0) continue;
			account.times.push(ms);
			account.most = Math.max(account.most, most);
		}
	}
	const [artificer, own] = contestants.map((contestant) => {
		const { times = [], most = 0 } = accounts[contestant] ?? {};
		return { time: median(times), most };
	});
	if (!artificer || !own) throw new Error('A contestant is missing');
	return { kind, artificer, own };
}
