// @ts-check
import axios from 'axios';
import { loadCore } from '../test/executor/support/quickCore.mjs';
import { startRun } from '../test/executor/support/quickRun.mjs';
import { withServer } from './support/servers.mjs';
import { inTurn, median, seconds, timesTable } from './support/measure.mjs';

/** @typedef {import('../test/executor/support/quickCore.mjs').Core} Core */

const specialists = ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'];
const rounds = 3;

const bareRequests = 'bare parallel requests';
const refineNode = 'one Refine node';

/**
 * Five calls to specialists: n8n's five branches, n8n's HTTP Request node, one Refine node, and bare
 * parallel requests; with calls of 1 s each, and with two slow ones when three are enough.
 *
 * @returns {Promise<import('./support/findings.mjs').Findings>}
 */
export async function bench() {
	const core = await loadCore();
	try {
		const even = await withServer('fableforge', { FABLEFORGE_DELAY_MS: '1000' }, async (url) =>
			inTurn(contestants(core, url, {}), rounds),
		);
		const delays = 'cultural=1000,dialogue=1000,fluency=1000,narrative=5000,prose=5000';
		const uneven = await withServer('fableforge', { FABLEFORGE_DELAY_MS: delays }, async (url) =>
			inTurn(contestants(core, url, { stopAtQuorum: 3 }), rounds),
		);
		const share = medianOf(even, refineNode) / medianOf(even, bareRequests);
		const stopped = medianOf(uneven, refineNode);
		return {
			title: 'Five specialists at once',
			intro: `One text goes to five specialists of a local FableForge, whose answers take as long as the tables say, in n8n's own executor: by five branches, by n8n's HTTP Request node, by one Refine node, and by bare parallel requests outside n8n. Medians of ${rounds} rounds in turn.`,
			tables: [
				timesTable('Five calls of 1 s each:', even, bareRequests),
				timesTable(
					'Five calls of 1, 1, 1, 5 and 5 s; Refine with Stop at Quorum 3:',
					uneven,
					bareRequests,
				),
			],
			goals: [
				{
					goal: 'Refine takes at most 1.2 times as long as the bare requests',
					measured: `${share.toFixed(2)} times`,
					met: share <= 1.2,
				},
				{
					goal: 'With Stop at Quorum 3, two calls of 5 s hold nothing up: at most 1.5 s',
					measured: `${seconds(stopped)} s`,
					met: stopped <= 1500,
				},
			],
		};
	} finally {
		await core.close();
	}
}

/**
 * @param {Core} core
 * @param {string} url
 * @param {Record<string, unknown>} options of Refine
 */
function contestants(core, url, options) {
	return {
		[bareRequests]: async () => await bare(url),
		[refineNode]: async () => await run(core, url, oneRefine(options)),
		"n8n's HTTP Request node, five items": async () => await run(core, url, httpRequest(url)),
		"n8n's five branches": async () => await run(core, url, fiveBranches()),
	};
}

/**
 * @param {Record<string, number[]>} times
 * @param {string} contestant
 */
function medianOf(times, contestant) {
	return median(times[contestant] ?? []);
}

/** @param {string} url */
async function bare(url) {
	await Promise.all(
		specialists.map(async (specialist) =>
			axios.post(`${url}/refine`, { context: { text: '안녕', language: 'kor' }, specialist }),
		),
	);
}

/**
 * @param {Core} core
 * @param {string} url
 * @param {{ nodes: any[], connections: Record<string, any> }} workflow
 */
async function run(core, url, workflow) {
	const items = specialists.map((specialist) => ({ json: { text: '안녕', specialist } }));
	const started = await startRun(core, {
		workflow: { ...workflow, settings: { executionOrder: 'v1' } },
		credentials: { fableforge: { baseUrl: url } },
		pinData: {
			Start: workflow.nodes.some(({ type }) => /httpRequest/.test(type)) ? items : [items[0]],
		},
	});
	const { status } = /** @type {{ status: string }} */ (await started.result);
	if (status !== 'success') throw new Error(`The workflow ended with ${status}`);
}

/** @param {Record<string, unknown>} options */
function oneRefine(options) {
	return wired([refine('Refine', specialists, options)]);
}

function fiveBranches() {
	return wired(specialists.map((specialist) => refine(specialist, [specialist], {})));
}

/** @param {string} url */
function httpRequest(url) {
	const parameters = {
		method: 'POST',
		url: `${url}/refine`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody:
			'={{ JSON.stringify({ context: { text: $json.text, language: "kor" }, specialist: $json.specialist }) }}',
		options: {},
	};
	return wired([node('Call', 'n8n-nodes-base.httpRequest', 4.2, parameters)]);
}

/**
 * @param {string} name
 * @param {string[]} chosen
 * @param {Record<string, unknown>} options
 */
function refine(name, chosen, options) {
	const parameters = {
		resource: 'text',
		operation: 'refine',
		text: '={{ $json.text }}',
		language: 'kor',
		specialists: chosen,
		options,
	};
	return node(name, 'n8n-nodes-artificer.fableForge', 1, parameters);
}

/**
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {Record<string, unknown>} parameters
 */
function node(name, type, typeVersion, parameters) {
	const credentials = { fableForgeApi: { id: 'fableforge', name: 'FableForge' } };
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, credentials };
}

/**
 * A workflow in which every node is a branch of its own, right behind the start.
 *
 * @param {ReturnType<typeof node>[]} nodes
 */
function wired(nodes) {
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const wires = nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	return { nodes: [start, ...nodes], connections: { Start: { main: [wires] } } };
}
