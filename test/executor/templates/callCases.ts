import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WorkflowNode } from '../support/workflows';
import { guidePdf } from './files';
import { jsonOf, reasonOf, succeeded, withFailingSpecialists, type Live } from './live';

/** Templates that another workflow calls, with the data that it has. */
export function callCases(live: () => Live) {
	/** A workflow that gives items to a published template and keeps what comes back. */
	const calling = async (template: string, given: WorkflowNode[], choices = {}) => {
		const called = await live().activate(template, choices);
		const call: WorkflowNode = {
			id: 'call',
			name: 'Call',
			type: 'n8n-nodes-base.executeWorkflow',
			typeVersion: 1.2,
			position: [600, 0],
			parameters: {
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: called },
				options: { waitForSubWorkflow: true },
			},
		};
		const start: WorkflowNode = {
			id: 'start',
			name: 'Run by Hand',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const nodes = [start, ...given, call];
		const connections = Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, place) => [
					nodes[place]?.name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		);
		const caller = await live().n8n.importWorkflow({
			id: `calls-${called}`,
			name: `Calls ${called}`,
			nodes,
			connections,
			settings: { executionOrder: 'v1' },
		});
		return await live().n8n.run(caller, 'Run by Hand');
	};
	const itemsNode = (items: object[]): WorkflowNode[] => [
		{
			id: 'list',
			name: 'List',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [200, 0],
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ items }), options: {} },
		},
		{
			id: 'items',
			name: 'Items',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: [400, 0],
			parameters: { fieldToSplitOut: 'items', options: {} },
		},
	];
	const fileOf = async (name: string, content: Buffer | string) => {
		const folder = path.join(live().n8n.filesFolder, 'called');
		await mkdir(folder, { recursive: true });
		await writeFile(path.join(folder, name), content);
		return path.join(folder, name);
	};
	const fileNode = (file: string): WorkflowNode[] => [
		{
			id: 'file',
			name: 'File',
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1.1,
			position: [200, 0],
			parameters: { operation: 'read', fileSelector: file, options: {} },
		},
	];

	it('translation-pipeline: translates the text that its caller gives; broken by a sample in its place', async () => {
		const given = { text: '我喜欢看书 4711。', language: 'chi', quorum: 5, strategy: 'vote' };
		const run = succeeded(await calling('translation-pipeline', itemsNode([given])));
		const [result, ...more] = jsonOf(run, 'Call');
		expect(more).toEqual([]);
		expect(result?.metadata).toMatchObject({ language: 'chi', selection_strategy: 'vote' });
		expect(JSON.stringify(result?.final_translation)).toContain('4711');
	});

	it('translation-pipeline: its caller hears of a missed quorum; broken by a result without one', async () => {
		const given = itemsNode([{ text: '네', language: 'kor' }]);
		const run = await calling('translation-pipeline', given, withFailingSpecialists);
		expect(reasonOf(run)).toContain('Only 0/5 specialists succeeded, need at least 3');
	});

	it('batch-translation: gives its caller an item for each of his; broken by samples, or an item that is lost', async () => {
		const given = [
			{ document_id: 'one', text: '안녕하세요 1001.', language: 'kor' },
			{ document_id: 'two', text: '' },
			{ document_id: 'three', text: '我喜欢看书 1003。', language: 'chi' },
		];
		const run = succeeded(await calling('batch-translation', itemsNode(given)));
		const results = jsonOf(run, 'Call');
		const byId = new Map(results.map((result) => [result.document_id, result]));
		expect([...byId.keys()].sort()).toEqual(['one', 'three', 'two']);
		expect(byId.get('two')).toMatchObject({ status: 'failed' });
		expect(JSON.stringify(byId.get('one'))).toContain('1001');
		expect(JSON.stringify(byId.get('one'))).not.toContain('1003');
		expect(byId.get('three')).toMatchObject({ result: { metadata: { language: 'chi' } } });
	});

	it('pdf-to-html: makes the page of the file that its caller has; broken by a form page that waits for somebody', async () => {
		const file = await fileOf('guide.pdf', guidePdf);
		const run = succeeded(await calling('pdf-to-html', fileNode(file)));
		const [result] = jsonOf(run, 'Call');
		expect(result?.html).toContain('A Small Guide');
		expect(result?.metadata).toMatchObject({ source: 'pdf', pages: 3 });
	});

	it('pdf-to-html: its caller hears of a file that is no PDF; broken by an empty page', async () => {
		const file = await fileOf('broken.pdf', 'no PDF');
		const run = await calling('pdf-to-html', fileNode(file));
		expect(reasonOf(run)).toContain('can not be read as a PDF');
	});
}
