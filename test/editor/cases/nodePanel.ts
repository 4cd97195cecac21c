import type { Editor, Theme } from '../support/editor';
import { cutOffTexts, iconsIn } from '../support/looks';
import type { Stage } from '../support/stage';

/** What somebody types who has not heard of our nodes, and what should come up. */
const searches = [
	{ text: 'ocr', node: 'Artificer', action: 'Process PDF with OCR where needed' },
	{ text: 'pdf', node: 'Artificer', action: 'Extract text from PDF' },
	{ text: 'chunk', node: 'Artificer', action: 'Chunk text of document' },
	{ text: 'translate', node: 'FableForge', action: 'Refine text' },
];

/** How many of the list's first nodes somebody looks at. */
const glance = 3;

const fields = {
	artificer: [
		'Credential',
		'Resource',
		'Operation',
		'Input Data Field Name',
		'Put Output in Field',
		'Options',
	],
	quorumMerge: [
		'Number of Inputs',
		'Group Votes By',
		'Needed',
		'Votes Needed',
		'Output',
		'When Not Reached',
		'Options',
	],
};

/** What each resource of a node can do, in the order of the list. */
const actions = [
	{
		node: 'Artificer',
		action: 'Extract text from PDF',
		operations: {
			Document: [
				'Batch Export',
				'Export HTML',
				'Export Markdown',
				'Export Notion',
				'Export Roam',
				'Import HTML',
				'Import Markdown',
			],
			Image: ['Convert', 'Extract Text'],
			PDF: ['Check OCR Need', 'Extract Page Images', 'Extract Text', 'Process PDF'],
			Service: ['Check Health', 'Get Metrics'],
			Text: [
				'Calculate Context Window',
				'Chunk Document',
				'Chunk Documents',
				'Count Conversation Tokens',
				'Count Tokens',
				'Estimate Message Fit',
			],
		},
	},
	{
		node: 'FableForge',
		action: 'Tag text',
		operations: {
			Service: ['Call Endpoint', 'Check Health', 'Get Info'],
			Text: ['Clean Up', 'Refine', 'Select Best', 'Tag'],
		},
	},
];

/** The names of the open node's fields, from top to bottom. */
async function fieldNames({ page }: Editor): Promise<string[]> {
	const labels = page
		.getByTestId('node-parameters')
		.locator('[data-test-id="input-label"], [data-test-id="credentials-label"]')
		// The fields of the other tab are there too.
		.filter({ visible: true });
	// After the name come the field's own buttons and its description.
	return (await labels.allInnerTexts()).map((label) => label.trim().split('\n')[0]);
}

async function addNode(editor: Editor, name: string): Promise<void> {
	await editor.openNewWorkflow();
	const list = await editor.searchNodes(name);
	await list.getByTestId('node-creator-item-name').getByText(name, { exact: true }).click();
}

/** The list of nodes, and what opens from it. */
export function describeNodePanel(stage: () => Stage): void {
	// Broken by an alias or an action that is gone, and by a category that n8n hides.
	it.each(searches)('finds $node for «$text», with its actions', async ({ text, node, action }) => {
		await stage().inEditor(`search-${text}`, async (editor) => {
			await editor.openNewWorkflow();
			const list = await editor.searchNodes(text);
			const found = list.getByTestId('node-creator-item-name');
			await found.getByText(node, { exact: true }).waitFor();
			expect((await found.allInnerTexts()).slice(0, glance)).toContain(node);
			await stage().picture(editor.page, `search-${text}-list`);
			await found.getByText(node, { exact: true }).click();
			await list.getByText(action, { exact: true }).waitFor();
			expect(await cutOffTexts(list)).toEqual([]);
		});
	});

	// Broken by an alias that is gone.
	it('finds Quorum Merge alone for «quorum»', async () => {
		await stage().inEditor('search-quorum', async (editor) => {
			await editor.openNewWorkflow();
			const list = await editor.searchNodes('quorum');
			const found = list.getByTestId('node-creator-item-name');
			await found.getByText('Quorum Merge', { exact: true }).waitFor();
			expect(await found.allInnerTexts()).toEqual(['Quorum Merge']);
		});
	});

	// Broken by an action that the editor can't make a node of.
	it('drags an action onto the canvas', async () => {
		await stage().inEditor('dragged', async (editor) => {
			await addNode(editor, 'Artificer');
			const { page } = editor;
			await page
				.getByText('Count tokens of text', { exact: true })
				.dragTo(page.locator('.vue-flow__pane'), { targetPosition: { x: 500, y: 400 } });
			await editor.node('Count tokens of text').waitFor();
		});
	});

	// Broken by a field that is renamed, hidden or gone, and by a name too long for its place.
	it('opens an action of Artificer with its fields and options', async () => {
		await stage().inEditor('node-artificer', async (editor) => {
			await addNode(editor, 'Artificer');
			await editor.page.getByText('Extract text from PDF', { exact: true }).click();
			const panel = await editor.nodePanel();
			expect(await fieldNames(editor)).toEqual(fields.artificer);
			expect(await cutOffTexts(panel)).toEqual([]);
			await panel.getByTestId('collection-parameter-add').click();
			const options = editor.page.getByRole('option');
			await options.first().waitFor();
			expect(await options.allInnerTexts()).toEqual(
				expect.arrayContaining(['Cache (Minutes)', 'Retries', 'Timeout (Seconds)']),
			);
		});
	});

	// Broken by an operation that is gone, and by a name or description too long for its place.
	it.each(actions)('shows what $node can do, whole', async ({ node, action, operations }) => {
		await stage().inEditor(`operations-${node.toLowerCase()}`, async (editor) => {
			await addNode(editor, node);
			await editor.page.getByText(action, { exact: true }).click();
			await editor.nodePanel();
			for (const [resource, names] of Object.entries(operations)) {
				await editor.choose('resource', resource);
				const shown = await editor.optionsOf('operation');
				const lines = (await shown.getByRole('option').allInnerTexts()).map(
					(text) => text.split('\n')[0],
				);
				expect(lines.filter((line) => line !== 'Custom API Call')).toEqual(names);
				expect(await cutOffTexts(shown)).toEqual([]);
				await stage().picture(editor.page, `operations-${resource.toLowerCase()}`);
				await editor.page.keyboard.press('Escape');
				await shown.waitFor({ state: 'hidden' });
			}
		});
	});

	// Broken by a field that is renamed, hidden or gone.
	it('opens Quorum Merge with its fields', async () => {
		await stage().inEditor('node-quorum-merge', async (editor) => {
			await addNode(editor, 'Quorum Merge');
			await editor.page.getByText('Add to workflow').click();
			const panel = await editor.nodePanel();
			expect(await fieldNames(editor)).toEqual(fields.quorumMerge);
			expect(await cutOffTexts(panel)).toEqual([]);
		});
	});

	// Broken by an icon that isn't packed or can't be drawn, and by one that is the same for both.
	it.each<{ theme: Theme; ending: string }>([
		{ theme: 'light', ending: '.svg' },
		{ theme: 'dark', ending: '.dark.svg' },
	])('shows icons for $theme', async ({ theme, ending }) => {
		const work = async (editor: Editor) => {
			await editor.openWorkflow('translation-visual-fan-out');
			const ours = (await iconsIn(editor.page.getByTestId('canvas'))).filter(({ file }) =>
				file.includes('n8n-nodes-artificer'),
			);
			expect(ours.map(({ file }) => file.slice(file.lastIndexOf('/') + 1))).toEqual(
				expect.arrayContaining([`fableforge${ending}`, `quorumMerge${ending}`]),
			);
			expect(ours.filter(({ width }) => width === 0)).toEqual([]);
		};
		await stage().inEditor(`icons-${theme}`, work, theme);
	});
}
