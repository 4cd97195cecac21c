// @ts-check
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { canvasPicture, pagePicture } from './picture.mjs';

/** @typedef {import('../../test/editor/support/editor.ts').Editor} Editor */

/** @param {string[]} names */
const file = (...names) => path.join(import.meta.dirname, ...names);

/** @param {Editor} editor @param {import('../../sandbox/lib/templates.mjs').Template[]} templates */
export async function picturesOfTemplates(editor, templates) {
	await rm(file('templates'), { recursive: true, force: true });
	await mkdir(file('templates'), { recursive: true });
	for (const { id } of templates) {
		await editor.openWorkflow(id);
		await editor.zoomToFit();
		await canvasPicture(editor, file('templates', `${id}.png`));
	}
}

/** Each node's panel with the data of a real run around it. @param {Editor} editor */
export async function picturesOfNodes(editor) {
	await mkdir(file('nodes'), { recursive: true });
	const shown = [
		{ node: 'Artificer', workflow: 'pdf-to-html', name: 'Extract Text' },
		{ node: 'FableForge', workflow: 'translation-pipeline', name: 'Refine by Specialists' },
		{ node: 'QuorumMerge', workflow: 'translation-pipeline', name: 'At Least 3 of 5' },
	];
	for (const { node, workflow, name } of shown) {
		await editor.openWorkflow(workflow);
		await editor.openExecutions();
		await editor.canvasDrawn();
		await editor.openNode(name);
		await pagePicture(editor, file('nodes', `${node}.png`), editor.page.getByTestId('ndv'));
	}
}

/** @param {Editor} editor */
export async function picturesOfRuns(editor) {
	await editor.openWorkflow('translation-pipeline');
	await editor.openExecutions();
	await editor.canvasDrawn();
	await editor.zoomToFit();
	await pagePicture(editor, file('executions.png'));
	await canvasPicture(editor, file('translation-run.png'));
}

/** @param {Editor} editor */
export async function picturesOfLists(editor) {
	await editor.openWorkflow('hello-artificer');
	const list = await editor.searchNodes('pdf');
	await list.getByTestId('node-creator-item-name').getByText('Artificer', { exact: true }).click();
	await list.getByText('Extract text from PDF').waitFor();
	await editor.still(list);
	await pagePicture(editor, file('node-panel.png'));
	await editor.page.goto('/templates');
	await editor.page.getByTestId('template-card').first().waitFor();
	await editor.still(editor.page.getByTestId('template-card').first());
	await pagePicture(editor, file('templates-page.png'));
}
