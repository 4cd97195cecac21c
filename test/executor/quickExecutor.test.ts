import { QuickExecutor } from './support/quickExecutor';
import { itemsOf, type WorkflowJson } from './support/workflows';

/** A trigger that gives the case's items, and one node behind it. */
function workflowWith(node: WorkflowJson['nodes'][number]): WorkflowJson {
	return {
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{ position: [200, 0], ...node },
		],
		connections: { Start: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

describe('the quick executor', () => {
	let executor: QuickExecutor;

	beforeAll(async () => {
		executor = await QuickExecutor.start();
	});

	afterAll(async () => {
		await executor.close();
	});

	it('runs the nodes of n8n on pinned items; broken by an executor that loses items or order', async () => {
		const run = await executor.run({
			workflow: workflowWith({
				name: 'Set',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					assignments: {
						assignments: [
							{ id: 'a', name: 'double', value: '={{ $json.number * 2 }}', type: 'number' },
						],
					},
					options: {},
				},
			}),
			pinData: { Start: [{ json: { number: 2 } }, { json: { number: 21 } }] },
		});
		expect(run.status).toBe('success');
		expect(itemsOf(run, 'Set').map(({ json }) => json.double)).toEqual([4, 42]);
	});

	it('loads the packed package under its own name; broken by a tarball without its nodes', async () => {
		const run = await executor.run({
			workflow: workflowWith({
				name: 'Quorum',
				type: 'n8n-nodes-artificer.quorumMerge',
				typeVersion: 1,
				parameters: {},
			}),
			pinData: { Start: [{ json: { refined_text: 'a' } }] },
		});
		expect(Object.keys(run.data.resultData.runData)).toContain('Quorum');
	});

	it('puts files into the store of n8n when asked to; broken by files that stay inline', async () => {
		const run = await executor.run({
			workflow: workflowWith({
				name: 'Pass',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				parameters: {},
			}),
			pinData: {
				Start: [
					{
						json: {},
						binary: {
							data: {
								data: Buffer.from('안녕하세요').toString('base64'),
								mimeType: 'text/plain',
								fileName: 'a.txt',
							},
						},
					},
				],
			},
			storeFiles: true,
		});
		const id = itemsOf(run, 'Pass')[0]?.binary?.data?.id ?? '';
		expect(id).toMatch(/^filesystem/);
		expect((await executor.file(id)).toString('utf8')).toBe('안녕하세요');
	});

	it('stops a run as the Stop button does; broken by a cancel that waits for the node', async () => {
		const underway = await executor.begin({
			workflow: workflowWith({
				name: 'Wait',
				type: 'n8n-nodes-base.wait',
				typeVersion: 1.1,
				parameters: { amount: 60, unit: 'seconds' },
			}),
			pinData: { Start: [{ json: {} }] },
		});
		await underway.cancel();
		expect((await underway.result()).status).toBe('canceled');
	});
});
