// @ts-check
import { startRun } from '../../test/executor/support/quickRun.mjs';

/** @typedef {import('../../test/executor/support/quickCore.mjs').Core} Core */

/**
 * A node for a workflow.
 *
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {Record<string, unknown>} parameters
 */
export function node(name, type, typeVersion, parameters) {
	const credentials = {
		artificerApi: { id: 'artificer', name: 'Artificer' },
		fableForgeApi: { id: 'fableforge', name: 'FableForge' },
	};
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, credentials };
}

/**
 * Runs nodes in n8n's executor, each as a branch of its own behind the start, until all have
 * succeeded.
 *
 * @param {Core} core
 * @param {ReturnType<typeof node>[]} nodes
 * @param {any[]} items as the start gives them
 * @param {Record<string, Record<string, unknown>>} credentials by id
 * @returns {Promise<any>} the run
 */
export async function runNodes(core, nodes, items, credentials) {
	const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
	const wires = nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	const started = await startRun(core, {
		workflow: {
			nodes: [start, ...nodes],
			connections: { Start: { main: [wires] } },
			settings: { executionOrder: 'v1' },
		},
		credentials,
		pinData: { Start: items },
	});
	const run = /** @type {any} */ (await started.result);
	if (run.status !== 'success') {
		throw new Error(
			`The workflow ended with ${run.status}: ${run.data.resultData.error?.message ?? ''}`,
		);
	}
	return run;
}
