import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Editor } from '../support/editor';
import type { Stage } from '../support/stage';

const templates = path.resolve(__dirname, '../../../workflows-templates');
const hello = path.join(templates, 'hello-artificer.json');

/** Chooses the sandbox's credential in a node. */
async function chooseCredential(editor: Editor, node: string): Promise<void> {
	await editor.openNode(node);
	const slot = editor.page.getByTestId('node-credentials-slot');
	await slot.getByTestId('node-credentials-select').click();
	await editor.page
		.getByTestId(/^node-credentials-select-item-/)
		.filter({ has: editor.page.getByText('Artificer account', { exact: true }) })
		.click();
	await slot.getByTestId('credential-edit-button').waitFor();
	await editor.closeNode();
}

/** Runs the open workflow, and waits until its last node is green. */
async function runToTheEnd(editor: Editor, last: string): Promise<void> {
	await editor.execute();
	await editor.node(last).getByTestId('canvas-node-status-success').waitFor();
}

/** Every way by which a template comes into n8n. */
export function describeTemplates(stage: () => Stage): void {
	// Broken by a library that the editor can't read, and by a credential that no node names.
	it('imports one from the Templates page, with its credentials, and runs it', async () => {
		await stage().inEditor('template-from-page', async (editor) => {
			const { page } = editor;
			await page.goto('/templates');
			await page
				.getByTestId('template-search-input')
				.locator('input')
				.or(page.locator('input[data-test-id="template-search-input"]'))
				.fill('hello');
			const cards = page.getByTestId('template-card');
			await cards.filter({ hasText: 'Hello Artificer' }).waitFor();
			await stage().picture(page, 'template-list');
			await cards.filter({ hasText: 'Hello Artificer' }).click();
			await page.getByTestId('use-template-button').click();
			const credential = page.getByTestId('setup-credentials-form-step');
			await credential.getByText('Import Markdown').waitFor();
			await credential.getByTestId('credential-dropdown').click();
			await page
				.locator('.el-select-dropdown:visible')
				.getByText('Artificer account', { exact: true })
				.click();
			await stage().picture(page, 'template-set-up');
			await page.getByTestId('continue-button').click();
			await editor.canvasDrawn();
			await runToTheEnd(editor, 'Export HTML');
		});
	});

	// Broken by a file that n8n doesn't read, and by a node type that it doesn't know.
	it('imports one by file, takes the credentials that are chosen, and runs it', async () => {
		await stage().inEditor('template-from-file', async (editor) => {
			await editor.openNewWorkflow();
			await editor.page.getByTestId('workflow-import-input').setInputFiles(hello);
			await editor.canvasDrawn();
			await chooseCredential(editor, 'Import Markdown');
			await chooseCredential(editor, 'Export HTML');
			await runToTheEnd(editor, 'Export HTML');
			await editor.zoomToFit();
		});
	});

	// Broken by a file that isn't what n8n copies and pastes.
	it('imports one by paste', async () => {
		await stage().inEditor('template-from-paste', async (editor) => {
			const text = await readFile(hello, 'utf8');
			const { nodes } = JSON.parse(text) as { nodes: Array<{ type: string }> };
			const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			await editor.openNewWorkflow();
			await editor.paste(text);
			await editor.canvasDrawn();
			expect(await editor.page.getByTestId('canvas-node').count()).toBe(
				nodes.length - notes.length,
			);
			expect(await editor.page.getByTestId('sticky').count()).toBe(notes.length);
			expect(await editor.page.getByText('Install this node').count()).toBe(0);
		});
	});
}
