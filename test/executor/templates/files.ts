import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PlainCredential, WorkflowJson, WorkflowNode } from '../support/workflows';

const root = path.resolve(__dirname, '../../..');
const folder = path.join(root, 'workflows-templates');

/** The sample PDF with text, as the sandbox has it. */
export const guidePdf = readFileSync(path.join(root, 'sandbox', 'samples', 'guide.pdf'));

/** A template's file, with all that is in it. */
export interface TemplateFile extends WorkflowJson {
	id: string;
	name: string;
	description: string;
	active: boolean;
	tags: Array<{ name: string }>;
	nodes: Array<WorkflowNode & { id: string; position: [number, number]; webhookId?: string }>;
}

/** An entry of index.json. */
export interface IndexEntry {
	id: string;
	file: string;
	name: string;
	description: string;
	categories: string[];
}

export function readIndex(): IndexEntry[] {
	return JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as IndexEntry[];
}

/** The names of all files of workflows in the folder. */
export function templateFiles(): string[] {
	return readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'index.json');
}

export function readTemplate(id: string): TemplateFile {
	return JSON.parse(readFileSync(path.join(folder, `${id}.json`), 'utf8')) as TemplateFile;
}

/** Which credential a node takes, by its type. */
const credentialOf: Record<string, string> = {
	'n8n-nodes-artificer.artificer': 'artificerApi',
	'n8n-nodes-artificer.artificerTool': 'artificerApi',
	'n8n-nodes-artificer.fableForge': 'fableForgeApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** What a user sets on a template's canvas. */
export interface Choices {
	/** The workflow's id in n8n, where a test uses a template more than once. */
	id?: string;
	/** Id of the credential to choose, by credential type; left out, the one that is called as its type. */
	credentials?: Record<string, string>;
	/** Parameters that take the place of a node's, by node name. */
	parameters?: Record<string, WorkflowNode['parameters']>;
	/** What each node has in its options besides, by node type: short waits, for one. */
	options?: Record<string, WorkflowNode['parameters']>;
}

/** A shipped template as a user has set it up. */
export function template(id: string, choices: Choices = {}): TemplateFile {
	const workflow = readTemplate(id);
	if (choices.id) workflow.id = choices.id;
	let webhooks = 0;
	for (const node of workflow.nodes) {
		const type = credentialTypeOf(node);
		if (type) {
			const chosen = choices.credentials?.[type] ?? type;
			node.credentials = { [type]: { id: chosen, name: chosen } };
		}
		const options = choices.options?.[node.type];
		if (options) node.parameters.options = { ...(node.parameters.options as object), ...options };
		Object.assign(node.parameters, choices.parameters?.[node.name]);
		// Two workflows with the same webhook can't both be live.
		if (node.webhookId && choices.id) {
			node.webhookId = webhooks === 0 ? choices.id : `${choices.id}-${webhooks}`;
			webhooks += 1;
		}
	}
	return workflow;
}

/** The credential that a node takes: by its type, or by the authentication that its template has chosen. */
function credentialTypeOf({ type, parameters }: WorkflowNode): string | undefined {
	if (parameters.nodeCredentialType === 'n8nApi') return 'n8nApi';
	if (parameters.authentication === 'headerAuth') return 'httpHeaderAuth';
	if (parameters.genericAuthType === 'httpHeaderAuth') return 'httpHeaderAuth';
	return credentialOf[type];
}

/**
 * The fields of a template's node «Settings», some of them changed as a user would in the editor.
 *
 * @param changes values by field; one that the node doesn't have is a test that goes wrong
 */
export function settings(
	id: string,
	changes: Record<string, unknown>,
): { Settings: WorkflowNode['parameters'] } {
	const node = readTemplate(id).nodes.find(({ name }) => name === 'Settings');
	let jsonOutput = String(node?.parameters.jsonOutput);
	for (const [field, value] of Object.entries(changes)) {
		const written = new RegExp(`(?<=\\b${field}: ).*?(?=,\\s*\\n|, \\w+: | \\} \\}\\})`);
		if (!written.test(jsonOutput)) throw new Error(`The settings of ${id} have no ${field}`);
		jsonOutput = jsonOutput.replace(written, () => JSON.stringify(value));
	}
	return { Settings: { mode: 'raw', jsonOutput, options: {} } };
}

/** The header that the tests' header authentication wants. */
export const token = { 'x-token': 'known to the tests alone' };

/** A Set node's fields, written as its template writes them. */
export function fields(value: object): WorkflowNode['parameters'] {
	return { mode: 'raw', jsonOutput: JSON.stringify(value), options: {} };
}

/** The two services' credentials and the webhooks', under the ids that `template` chooses. */
export function serviceCredentials(
	artificerAddress: string,
	fableForgeUrl: string,
	suffix = '',
): PlainCredential[] {
	const [[name, value]] = Object.entries(token) as [[string, string]];
	return [
		{
			id: `httpHeaderAuth${suffix}`,
			name: `httpHeaderAuth${suffix}`,
			type: 'httpHeaderAuth',
			data: { name, value },
		},
		{
			id: `artificerApi${suffix}`,
			name: `artificerApi${suffix}`,
			type: 'artificerApi',
			data: { address: artificerAddress, authentication: 'none' },
		},
		{
			id: `fableForgeApi${suffix}`,
			name: `fableForgeApi${suffix}`,
			type: 'fableForgeApi',
			data: { baseUrl: fableForgeUrl, authentication: 'none' },
		},
	];
}
