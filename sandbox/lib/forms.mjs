// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import { N8nApiFailure } from './n8n-api.mjs';

/** How long a form's execution may take to appear, in ms. */
const appearsWithin = 30_000;

/**
 * Runs a workflow as somebody does who presses «Execute workflow», uploads a file in the form that
 * opens, and looks at the page that comes at the end.
 *
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {string} workflowId
 * @param {import('./templates.mjs').TemplateNode} form the form trigger
 * @param {{ name: string, type: string, content: Uint8Array }} [file] for the form's first file field
 * @returns {Promise<import('./run-data.mjs').Execution>} once it has ended
 */
export async function runByForm(api, workflowId, form, file) {
	const earlier = new Set(await api.executionsOf(workflowId));
	await api.runByHand(workflowId, form.name);
	const { nextPage } = await api.submitForm(`form-test/${pathOf(form)}`, filledIn(form, file));
	const executionId = await newExecution(api, workflowId, earlier);
	if ((await api.settled(executionId)) === 'waiting' && nextPage) {
		await api.openLastPage(executionId, nextPage);
	}
	return await api.ended(executionId);
}

/**
 * Where the form is, under `form-test/` or, published, under `form/`.
 *
 * @param {import('./templates.mjs').TemplateNode} form
 * @returns {string}
 */
function pathOf({ parameters, webhookId }) {
	return parameters.options?.path || parameters.path || webhookId;
}

/**
 * @param {import('./templates.mjs').TemplateNode} form
 * @param {{ name: string, type: string, content: Uint8Array } | undefined} file
 * @returns {FormData}
 */
function filledIn({ parameters }, file) {
	const filled = new FormData();
	/** @type {{ fieldType?: string }[]} */
	const fields = parameters.formFields?.values ?? [];
	const place = fields.findIndex(({ fieldType }) => fieldType === 'file');
	if (file) {
		const content = new Blob([Buffer.from(file.content)], { type: file.type });
		filled.append(`field-${place}`, content, file.name);
	}
	return filled;
}

/**
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {string} workflowId
 * @param {Set<string>} earlier
 * @returns {Promise<string>}
 */
async function newExecution(api, workflowId, earlier) {
	for (const end = Date.now() + appearsWithin; Date.now() < end; await wait(100)) {
		const found = (await api.executionsOf(workflowId)).find((id) => !earlier.has(id));
		if (found) return found;
	}
	throw new N8nApiFailure(
		`n8n took the form of ${workflowId} and started no execution within ${appearsWithin / 1_000} s`,
		504,
	);
}
