import { HeadlessN8n } from '../support/headlessN8n';
import { N8nServer } from '../support/n8nServer';
import { itemsOf, type WorkflowJson } from '../support/workflows';

/** A webhook and a manual trigger, both into a node that says what came in. */
const echo: WorkflowJson = {
	id: 'echo',
	name: 'Echo',
	nodes: [
		{
			name: 'By Hand',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 200],
			parameters: { path: 'echo', httpMethod: 'POST', responseMode: 'lastNode', options: {} },
			webhookId: '3b1f6c38-4d0a-4f5c-8a35-2f5c8a0f7d11',
		},
		{
			name: 'Say',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [200, 0],
			parameters: {
				assignments: {
					assignments: [
						{ id: 'a', name: 'said', value: "={{ $json.body?.word ?? '안녕' }}", type: 'string' },
					],
				},
				options: {},
			},
		},
	],
	connections: {
		'By Hand': { main: [[{ node: 'Say', type: 'main', index: 0 }]] },
		Webhook: { main: [[{ node: 'Say', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
};

describe('the headless n8n', () => {
	let n8n: HeadlessN8n;

	beforeAll(async () => {
		n8n = await HeadlessN8n.open({ workflows: [echo] });
	});

	afterAll(async () => {
		await n8n?.close();
	});

	it('gives the data of a run; broken by log lines that are taken for data', async () => {
		const { run } = await n8n.execute('echo');
		expect(run.status).toBe('success');
		expect(itemsOf(run, 'Say').map(({ json }) => json)).toEqual([{ said: '안녕' }]);
	});
});

describe('the n8n server', () => {
	let n8n: N8nServer;

	beforeAll(async () => {
		n8n = await N8nServer.open({ workflows: [echo] });
	});

	afterAll(async () => {
		await n8n?.close();
	});

	it('runs by hand; broken by a login that the editor would refuse', async () => {
		const execution = await n8n.run('echo', 'By Hand');
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Say').map(({ json }) => json)).toEqual([{ said: '안녕' }]);
	});

	it('answers a live webhook; broken by a workflow that is not really published', async () => {
		await n8n.activate('echo');
		const response = await fetch(`${n8n.address}/webhook/echo`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ word: 'hello' }),
		});
		expect(await response.json()).toEqual({ said: 'hello' });
	});

	it('has loaded every node of the package; broken by a package that n8n passes over', async () => {
		const names = (await n8n.nodeTypes()).map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining([
				'n8n-nodes-artificer.artificer',
				'n8n-nodes-artificer.fableForge',
				'n8n-nodes-artificer.quorumMerge',
			]),
		);
	});
});
