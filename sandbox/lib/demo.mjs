// @ts-check
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { samplesFolder } from './checkout.mjs';
import { SandboxFailure } from './failures.mjs';
import { runByForm } from './forms.mjs';
import { reasonOf, resultWith, showsInOrder, wrongInTranslation } from './results.mjs';

/** The pipeline's own settings, as the template has them. */
const translation = { language: 'kor', specialists: 5, quorum: 3 };

/**
 * Turns the sample PDF into HTML: opens the template's form as «Execute workflow» does and uploads
 * the file there.
 *
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {string} outputFolder
 * @returns {Promise<{ file: string, ms: number, pages: number | undefined }>}
 */
export async function turnPdfIntoHtml(api, outputFolder) {
	const id = 'pdf-to-html';
	const form = await triggerOf(api, id, 'n8n-nodes-base.formTrigger');
	const pdf = await readFile(path.join(samplesFolder, 'guide.pdf'));
	const upload = { name: 'guide.pdf', type: 'application/pdf', content: pdf };
	const execution = await runByForm(api, id, form, upload);
	demandSuccess(execution, id);

	const result =
		resultWith(execution.data, 'html') ?? resultWith(execution.data, 'processing_stats');
	const html = await htmlOf(api, result);
	await mkdir(outputFolder, { recursive: true });
	const file = path.join(outputFolder, 'guide.html');
	await writeFile(file, html);
	const texts = (await readFile(path.join(samplesFolder, 'guide.txt'), 'utf8')).trim().split('\n');
	const { missing } = showsInOrder(html, texts);
	if (missing) {
		throw new SandboxFailure(
			`${file} doesn't show the PDF's text in order: «${missing}» isn't where it belongs.`,
		);
	}
	return { file, ms: lasted(execution), pages: result?.json.metadata?.pages };
}

/**
 * Translates the sample text, by the template's manual trigger.
 *
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @returns {Promise<{ result: Record<string, any>, ms: number }>}
 */
export async function translateText(api) {
	const id = 'translation-pipeline';
	const trigger = await triggerOf(api, id, 'n8n-nodes-base.manualTrigger');
	const { executionId } = await api.runByHand(id, trigger.name);
	const execution = await api.ended(/** @type {string} */ (executionId));
	demandSuccess(execution, id);
	const item = resultWith(execution.data, 'final_translation');
	if (!item) throw new SandboxFailure(`The template ${id} ran, and gave no final_translation.`);
	const wrong = wrongInTranslation(item.json, translation);
	if (wrong)
		throw new SandboxFailure(`The template ${id} ran, and its result isn't right: ${wrong}.`);
	return { result: item.json, ms: lasted(execution) };
}

/**
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {string} id the workflow's
 * @param {string} type the trigger's
 * @returns {Promise<import('./templates.mjs').TemplateNode>}
 */
async function triggerOf(api, id, type) {
	const { exists } = await api.request('GET', `/rest/workflows/${id}/exists`);
	if (!exists) {
		throw new SandboxFailure(
			`The template ${id} was deleted in the editor, so it can't be run («npm run reset» brings it back).`,
		);
	}
	/** @type {{ nodes: import('./templates.mjs').TemplateNode[] }} */
	const { nodes } = await api.request('GET', `/rest/workflows/${id}`);
	const trigger = nodes.find((node) => node.type === type && !node.disabled);
	if (!trigger) {
		throw new SandboxFailure(
			`The template ${id} has no ${type.replace(/.*\./, '')} any more, so it can't be run («npm run reset» brings it back).`,
		);
	}
	return trigger;
}

/**
 * @param {import('./run-data.mjs').Execution} execution
 * @param {string} id
 */
function demandSuccess({ status, data }, id) {
	if (status !== 'success') {
		throw new SandboxFailure(`The template ${id} ended as «${status}»: ${reasonOf(data)}.`);
	}
}

/**
 * @param {import('./n8n-api.mjs').N8nApi} api
 * @param {{ json: Record<string, any>, binary?: Record<string, any> } | undefined} result
 * @returns {Promise<string>}
 */
async function htmlOf(api, result) {
	if (typeof result?.json.html === 'string') return result.json.html;
	const file = Object.values(result?.binary ?? {}).find(({ mimeType }) => mimeType === 'text/html');
	if (!file) throw new SandboxFailure('The template pdf-to-html ran, and gave no HTML.');
	if (file.id) return (await api.file(file.id)).toString('utf8');
	return Buffer.from(file.data, 'base64').toString('utf8');
}

/** @param {import('./run-data.mjs').Execution} execution */
function lasted({ startedAt, stoppedAt }) {
	return new Date(stoppedAt).getTime() - new Date(startedAt).getTime();
}
