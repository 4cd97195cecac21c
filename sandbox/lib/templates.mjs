// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { SandboxFailure } from './failures.mjs';

/** Which credential a node takes, by its type. */
const credentialOf = new Map([
	['n8n-nodes-artificer.artificer', 'artificerApi'],
	['n8n-nodes-artificer.fableForge', 'fableForgeApi'],
]);

/**
 * @typedef {object} TemplateNode
 * @property {string} name
 * @property {string} type
 * @property {string} [webhookId]
 * @property {boolean} [disabled]
 * @property {Record<string, any>} parameters
 * @property {Record<string, { id: string, name: string }>} [credentials]
 */

/**
 * @typedef {object} Template a workflow as its file has it
 * @property {string} id
 * @property {string} name
 * @property {TemplateNode[]} nodes
 * @property {Record<string, unknown>} connections
 * @property {Record<string, unknown>} [settings]
 */

/**
 * The templates of a folder, by their ids. A file without nodes (the index) is none.
 *
 * @param {string} folder
 * @returns {Promise<Template[]>}
 */
export async function readTemplates(folder) {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
	const templates = [];
	for (const name of names) {
		const content = JSON.parse(await readFile(path.join(folder, name), 'utf8'));
		if (!Array.isArray(content.nodes)) continue;
		if (!content.id)
			throw new SandboxFailure(`The template ${name} has no id: give it one that never changes.`);
		templates.push(content);
	}
	return templates;
}

/**
 * A template with the credentials that its nodes take; what is inside a sub-workflow («Define
 * Below») too.
 *
 * @param {Template} template
 * @param {Record<string, { id: string, name: string }>} credentials by credential type
 * @returns {Template}
 */
export function withCredentials(template, credentials) {
	return {
		...template,
		nodes: template.nodes.map((node) => {
			const inside = fillInside(node.parameters, credentials);
			const type = credentialOf.get(node.type);
			const chosen = type === undefined ? undefined : credentials[type];
			if (type === undefined || chosen === undefined) return { ...node, parameters: inside };
			return { ...node, parameters: inside, credentials: { ...node.credentials, [type]: chosen } };
		}),
	};
}

/**
 * @param {Record<string, any>} parameters
 * @param {Record<string, { id: string, name: string }>} credentials
 */
function fillInside(parameters, credentials) {
	if (typeof parameters.workflowJson !== 'string') return parameters;
	let inner;
	try {
		inner = JSON.parse(parameters.workflowJson);
	} catch {
		// An expression, which is read at run time only.
		return parameters;
	}
	return {
		...parameters,
		workflowJson: JSON.stringify(withCredentials(inner, credentials), null, 2),
	};
}

/**
 * Imports the templates that this sandbox hasn't imported yet. One that the user has changed or
 * deleted in the editor meanwhile is left alone: the ledger remembers that it was there.
 *
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {import('./ledger.mjs').Ledger} ledger changed in place
 * @param {Template[]} templates
 * @param {Record<string, { id: string, name: string }>} credentials by credential type
 * @returns {Promise<number>} how many were imported
 */
export async function importNewTemplates(api, ledger, templates, credentials) {
	let imported = 0;
	for (const template of templates) {
		if (ledger.templates[template.id]) continue;
		const { exists } = await api.request('GET', `/rest/workflows/${template.id}/exists`);
		// It exists when a run was killed between importing it and noting that.
		if (!exists) {
			const { id, name, nodes, connections, settings } = withCredentials(template, credentials);
			await api.request('POST', '/rest/workflows', { id, name, nodes, connections, settings });
			imported += 1;
		}
		ledger.templates[template.id] = { imported: new Date().toISOString() };
	}
	return imported;
}
