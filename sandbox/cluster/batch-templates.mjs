// @ts-check
import { randomBytes } from 'node:crypto';

/** The template that spreads a batch over the workers, by its id. */
export const batchTemplate = 'distributed-batch';
/** The template that runs again what has crashed, by its id. */
export const recoveryTemplate = 'recover-crashed-runs';

/** Where the templates take n8n to be. */
const usualAddress = 'http://localhost:5678';

/**
 * @typedef {object} BatchTemplates both templates, live
 * @property {{ name: string, value: string }} header that the webhooks ask for
 * @property {string} batch address that takes a batch, and gives its account
 */

/**
 * @typedef {object} Wishes what is to be otherwise than the templates have it
 * @property {Record<string, number>} [settings] values of *Settings* by name, in either template
 * @property {number} [recoverySeconds] between two looks for what has crashed
 * @property {Record<string, unknown>} [options] of all nodes that call FableForge
 * @property {string[]} [further] ids of templates that are made live, too, their webhooks with the same header
 */

/**
 * Does what the notes on the canvas of both templates ask their user to do: makes the credentials,
 * chooses them, writes the addresses into *Settings*, and publishes.
 *
 * @param {Pick<import('./start-cluster.mjs').Cluster, 'api' | 'address' | 'webhooks'>} cluster
 * @param {Wishes} [wishes]
 * @returns {Promise<BatchTemplates>}
 */
export async function publishBatchTemplates({ api, address, webhooks }, wishes = {}) {
	const header = { name: 'X-Batch-Key', value: randomBytes(24).toString('hex') };
	const key = await api.request('POST', '/rest/api-keys', {
		label: 'Recover Crashed Runs',
		scopes: ['execution:list', 'execution:read', 'execution:retry'],
		expiresAt: null,
	});
	const credentials = {
		httpHeaderAuth: await credential(api, 'Batches', 'httpHeaderAuth', header),
		n8nApi: await credential(api, 'This n8n', 'n8nApi', {
			apiKey: key.rawApiKey,
			baseUrl: `${address}/api/v1`,
		}),
	};
	for (const id of [batchTemplate, recoveryTemplate, ...(wishes.further ?? [])]) {
		const workflow = await api.request('GET', `/rest/workflows/${id}`);
		// The public API is answered by the editor's process, webhooks by theirs.
		const own = id === recoveryTemplate ? address : webhooks;
		const nodes = workflow.nodes.map((/** @type {any} */ node) => ({
			...node,
			credentials: { ...node.credentials, ...credentialsFor(node, credentials) },
			parameters: adapted(node, { own, webhooks, wishes }),
		}));
		await api.request('PATCH', `/rest/workflows/${id}`, {
			nodes,
			versionId: workflow.versionId,
		});
		await api.publish(id);
	}
	return { header, batch: `${webhooks}/webhook/${batchTemplate}` };
}

/**
 * @param {import('../lib/n8n-api.mjs').N8nApi} api
 * @param {string} name
 * @param {string} type
 * @param {Record<string, string>} data
 * @returns {Promise<{ id: string, name: string }>}
 */
async function credential(api, name, type, data) {
	const { id } = await api.request('POST', '/rest/credentials', { name, type, data });
	return { id, name };
}

/**
 * @param {{ parameters: Record<string, any> }} node
 * @param {Record<'httpHeaderAuth' | 'n8nApi', { id: string, name: string }>} credentials
 */
function credentialsFor({ parameters }, { httpHeaderAuth, n8nApi }) {
	const asksForHeader =
		parameters.authentication === 'headerAuth' || parameters.genericAuthType === 'httpHeaderAuth';
	return {
		...(asksForHeader ? { httpHeaderAuth } : {}),
		...(parameters.nodeCredentialType === 'n8nApi' ? { n8nApi } : {}),
	};
}

/**
 * @param {{ name: string, type: string, parameters: Record<string, any> }} node
 * @param {{ own: string, webhooks: string, wishes: Wishes }} with
 */
function adapted({ name, type, parameters }, { own, webhooks, wishes }) {
	const { settings = {}, recoverySeconds, options } = wishes;
	if (type === 'n8n-nodes-base.scheduleTrigger' && recoverySeconds !== undefined) {
		const interval = [{ field: 'seconds', secondsInterval: recoverySeconds }];
		return { ...parameters, rule: { interval } };
	}
	if (type === 'n8n-nodes-artificer.fableForge' && options) {
		return { ...parameters, options: { ...parameters.options, ...options } };
	}
	if (name !== 'Settings') return parameters;
	let text = String(parameters.jsonOutput)
		.replaceAll(`${usualAddress}/webhook`, `${webhooks}/webhook`)
		.replaceAll(usualAddress, own);
	for (const [setting, value] of Object.entries(settings)) {
		text = text.replace(new RegExp(`\\b${setting}: \\d+`), `${setting}: ${value}`);
	}
	return { ...parameters, jsonOutput: text };
}
