// @ts-check
import path from 'node:path';
import { runByForm } from '../../../sandbox/lib/forms.mjs';
import { N8nApi } from '../../../sandbox/lib/n8n-api.mjs';
import { freePort, loopback } from '../../../sandbox/lib/ports.mjs';
import { endAll, signalGroup } from '../../../sandbox/lib/processes.mjs';
import { ready, startN8n } from '../../../sandbox/lib/services.mjs';
import { ownerLogin } from '../../../sandbox/lib/owner.mjs';
import { serve } from './ipc.mjs';
import { temporaryN8n } from './temporaryN8n.mjs';

/** @type {import('./temporaryN8n.mjs').TemporaryN8n | undefined} */
let n8n;
/** @type {N8nApi | undefined} */
let api;
/** @type {import('../../../sandbox/lib/processes.mjs').Started | undefined} */
let server;
/** @type {(() => Promise<void>) | undefined} */
let start;
/** The ids that n8n gave to the credentials, by the ids that the workflows name. */
const credentialIds = new Map();

/** @returns {N8nApi} */
function running() {
	if (!api) throw new Error('There is no n8n: open one first.');
	return api;
}

serve(
	{
		/** @param {{ credentials: any[], workflows: any[], settings: Record<string, string> }} given */
		async open({ credentials, workflows, settings }) {
			n8n = await temporaryN8n(settings);
			const port = await freePort();
			const env = await n8n.environment({ port });
			const logFile = path.join(n8n.folder, 'n8n.log');
			const { install, folder } = n8n;
			const address = `http://${loopback}:${port}`;
			const opened = new N8nApi({ base: address, n8nFolder: install });
			start = async () => {
				server = await startN8n({ n8nFolder: install, env, cwd: folder, logFile });
				await ready(server, () => opened.isReady());
			};
			await start();
			const login = await ownerLogin(opened, n8n.folder);
			for (const { id, name, type, data } of credentials) {
				const made = await opened.request('POST', '/rest/credentials', { name, type, data });
				credentialIds.set(id, made.id);
			}
			api = opened;
			for (const workflow of workflows) await importWorkflow(workflow);
			return { address, login, filesFolder: n8n.filesFolder, logFile };
		},
		importWorkflow,
		async crash() {
			if (!server || !start) throw new Error('There is no n8n: open one first.');
			signalGroup(server.pid, 'SIGKILL');
			await server.ended;
			await start();
		},
		/** @param {string} workflowId @param {string} trigger */
		async run(workflowId, trigger) {
			const { executionId } = await running().runByHand(workflowId, trigger);
			if (!executionId)
				throw new Error(`«${trigger}» waits for a request: call it, then look for the execution.`);
			return executionId;
		},
		/** @param {string} workflowId @param {string} trigger */
		async listen(workflowId, trigger) {
			await running().runByHand(workflowId, trigger);
		},
		/** @param {string} workflowId @param {string} trigger @param {any} file */
		async runByForm(workflowId, trigger, file) {
			const { nodes } = await running().request('GET', `/rest/workflows/${workflowId}`);
			const form = nodes.find((/** @type {{ name: string }} */ { name }) => name === trigger);
			return await runByForm(running(), workflowId, form, file);
		},
		/** @param {string} id */
		ended: async (id) => await running().ended(id),
		/** @param {string} workflowId */
		executionsOf: async (workflowId) => await running().executionsOf(workflowId),
		/** @param {string} id */
		async stop(id) {
			await running().request('POST', `/rest/executions/${id}/stop`);
		},
		/** @param {string} workflowId */
		activate: async (workflowId) => await running().publish(workflowId),
		nodeTypes: async () => await running().nodeTypes(),
		/** @param {string} id */
		file: async (id) => await running().file(id),
		/** @param {string} method @param {string} resource @param {unknown} body */
		request: async (method, resource, body) => await running().request(method, resource, body),
	},
	async () => {
		await endAll();
		await n8n?.remove();
	},
);

/** @param {any} workflow */
async function importWorkflow(workflow) {
	const { id, name, nodes, connections, settings } = workflow;
	const filled = nodes.map((/** @type {any} */ node) => ({
		...node,
		credentials: withGivenIds(node.credentials),
	}));
	const made = await running().request('POST', '/rest/workflows', {
		id,
		name: name ?? id ?? 'Test',
		nodes: filled,
		connections,
		settings: settings ?? { executionOrder: 'v1' },
	});
	return made.id;
}

/** @param {Record<string, { id: string, name: string }> | undefined} credentials */
function withGivenIds(credentials) {
	if (!credentials) return undefined;
	return Object.fromEntries(
		Object.entries(credentials).map(([type, chosen]) => [
			type,
			{ ...chosen, id: credentialIds.get(chosen.id) ?? chosen.id },
		]),
	);
}
