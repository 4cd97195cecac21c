// @ts-check
import { temporarySandbox } from '../../../sandbox/lib/temporary.mjs';
import { serve } from '../../executor/support/ipc.mjs';

/** @type {import('../../../sandbox/lib/temporary.mjs').TemporarySandbox | undefined} */
let sandbox;

/** @returns {import('../../../sandbox/lib/temporary.mjs').TemporarySandbox} */
function running() {
	if (!sandbox) throw new Error('There is no sandbox: open one first.');
	return sandbox;
}

serve(
	{
		async open() {
			// What its steps say is for who waits for it on a terminal.
			sandbox = await temporarySandbox(process.stderr);
			return { address: sandbox.address, login: sandbox.login };
		},
		/** @param {string} id */
		ended: async (id) => await running().api.ended(id),
		/** @param {string} workflowId */
		executionsOf: async (workflowId) => await running().api.executionsOf(workflowId),
		/** @param {string} workflowId */
		publish: async (workflowId) => await running().api.publish(workflowId),
		/** @param {string} method @param {string} resource @param {unknown} body */
		request: async (method, resource, body) => await running().api.request(method, resource, body),
	},
	async () => await sandbox?.close(),
);
