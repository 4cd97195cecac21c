// @ts-check
import { node, runNodes } from '../support/workflow.mjs';

/**
 * @typedef {object} Target
 * @property {import('../../test/executor/support/quickCore.mjs').Core} core
 * @property {string} address of a local Artificer
 * @property {number} pid of its process
 */

/**
 * @typedef {Pick<import('../support/findings.mjs').Findings, 'tables' | 'goals'>} Part of the
 * bench's findings
 */

/**
 * Runs the Artificer node on items in n8n's executor.
 *
 * @param {Target} target
 * @param {any[]} items
 * @param {Record<string, unknown>} parameters
 * @returns {Promise<any[]>} what comes out
 */
export async function runArtificer({ core, address }, items, parameters) {
	const artificer = node('Artificer', 'n8n-nodes-artificer.artificer', 1, parameters);
	const run = await runNodes(core, [artificer], items, { artificer: { address } });
	return outputOf(run, 'Artificer');
}

/**
 * The items that a node gave.
 *
 * @param {any} run
 * @param {string} name
 * @returns {any[]}
 */
export function outputOf(run, name) {
	return run.data.resultData.runData[name][0].data.main[0];
}

/**
 * Puts a file into n8n's store, as a node before would have left it there.
 *
 * @param {Pick<Target, 'core'>} target
 * @param {Buffer} bytes
 * @param {string} fileName
 */
export async function storedItem({ core }, bytes, fileName) {
	const location = { type: 'execution', workflowId: 'quick', executionId: 'files' };
	const about = { fileName, mimeType: 'application/pdf' };
	return { json: {}, binary: { data: await core.binaryData.store(location, bytes, about) } };
}
