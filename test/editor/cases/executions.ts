import { WorkflowBuilder } from '../../executor/support/building';
import { itemsOf } from '../../executor/support/workflows';
import type { Editor } from '../support/editor';
import type { Stage } from '../support/stage';

/** Two texts, of which the second names a language that FableForge doesn't know. */
function oneGoodOneBad(credential: { id: string; name: string }) {
	const items = [
		{ text: '안녕하세요', language: 'kor' },
		{ text: 'Buongiorno', language: 'ita' },
	];
	return new WorkflowBuilder()
		.add('Texts', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ items }),
			options: {},
		})
		.add('Each', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} })
		.fableForge(
			'Tag',
			{
				resource: 'text',
				operation: 'tag',
				text: '={{ $json.text }}',
				language: '={{ $json.language }}',
				options: {},
			},
			{ credentials: { fableForgeApi: credential }, onError: 'continueErrorOutput' },
		)
		.chain('Start', 'Texts', 'Each', 'Tag')
		.build();
}

/** A text that is tagged by the service of a credential. */
function oneText(credential: { id: string; name: string }) {
	return new WorkflowBuilder()
		.set('Text', "{ text: '안녕하세요', madeBy: $execution.id }")
		.fableForge(
			'Tag',
			{
				resource: 'text',
				operation: 'tag',
				text: '={{ $json.text }}',
				language: 'kor',
				options: { retries: 0 },
			},
			{ credentials: { fableForgeApi: credential } },
		)
		.chain('Start', 'Text', 'Tag')
		.build();
}

/** Opens the list, and waits until the newest execution is drawn. */
async function newest(editor: Editor): Promise<void> {
	await editor.openExecutions();
	await editor.page.getByTestId('execution-preview-label').waitFor();
	await editor.canvasDrawn();
}

/** What somebody sees who opens the executions of a workflow. */
export function describeExecutions(stage: () => Stage): void {
	// Broken by items that aren't there, and by a hint that the output pane doesn't get.
	it('shows items, hints and timing', async () => {
		await stage().inEditor('execution', async (editor) => {
			const { page } = editor;
			await editor.openWorkflow('translation-pipeline');
			await editor.execute();
			await editor.node('Result').getByTestId('canvas-node-status-success').waitFor();
			await newest(editor);
			const label = await page
				.getByTestId('execution-preview-details')
				.or(page.locator('[data-test-id^="execution-preview-details-"]'))
				.innerText();
			expect(label).toMatch(/Succeeded in \d/);
			expect(await page.getByText('5 items', { exact: true }).count()).toBe(1);
			await stage().picture(page, 'execution-canvas');
			await editor.openNode('Refine by Specialists');
			const output = page.getByTestId('output-panel');
			await output.getByText('These are simulated results').waitFor();
			await output.getByText('5 items', { exact: true }).waitFor();
		});
	});

	// Broken by a failed item that stops the others, or that leaves by the wrong output.
	it('shows the failed items and why', async () => {
		const baseUrl = await stage().addressOf('FableForge account', 'baseUrl');
		const credential = await stage().addCredential('FableForge for one bad item', 'fableForgeApi', {
			baseUrl,
			authentication: 'none',
		});
		const id = await stage().addWorkflow({ ...oneGoodOneBad(credential), name: 'One bad item' });
		await stage().inEditor('execution-failed-item', async (editor) => {
			await editor.openWorkflow(id);
			await editor.execute();
			await editor.node('Tag').getByTestId('canvas-node-status-success').waitFor();
			await newest(editor);
			await editor.openNode('Tag');
			const output = editor.page.getByTestId('output-panel');
			await output.getByText('Success Branch').waitFor();
			await output.getByText('Error Branch').click();
			await output
				.getByText(/Buongiorno|ita/)
				.first()
				.waitFor();
			expect(await output.innerText()).toMatch(/kor, jpn or chi|kor, jpn, chi/);
		});
	});

	// Broken by a failure that leaves nothing to go on from, and by n8n's words in place of ours.
	it('retries one from where it failed', async () => {
		const name = 'FableForge that comes back';
		const dead = { baseUrl: 'http://127.0.0.1:9', authentication: 'none' };
		const credential = await stage().addCredential(name, 'fableForgeApi', dead);
		const id = await stage().addWorkflow({ ...oneText(credential), name: 'To be retried' });
		await stage().inEditor('execution-retried', async (editor) => {
			const { page } = editor;
			await editor.openWorkflow(id);
			await editor.execute();
			await editor.node('Tag').getByTestId('node-issues').waitFor();
			await page.getByText("FableForge at http://127.0.0.1:9 can't be reached").first().waitFor();
			const baseUrl = await stage().addressOf('FableForge account', 'baseUrl');
			await stage().request('PATCH', `/rest/credentials/${credential.id}`, {
				name,
				type: 'fableForgeApi',
				data: { ...dead, baseUrl },
			});
			await newest(editor);
			await stage().picture(page, 'execution-failed');
			await page.getByTestId('execution-preview-retry-button').click();
			await page
				.getByRole('menuitem', { name: 'original workflow (from node with error)' })
				.click();
			await page.getByText('Retry successful').first().waitFor();
		});
		const [retry, failed] = await stage().executionsOf(id);
		const run = await stage().ended(retry);
		expect(run.status).toBe('success');
		// What had succeeded was not done again.
		expect(itemsOf(run, 'Text').map(({ json }) => json.madeBy)).toEqual([failed]);
		expect(itemsOf(run, 'Tag').length).toBe(1);
	});
}
