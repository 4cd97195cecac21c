import { callSandbox } from './support/inNode';

interface Node {
	credentials?: Record<string, { id: string; name: string }>;
	parameters: Record<string, string>;
}

const chosen = {
	artificerApi: { id: 'a1', name: 'Artificer account' },
	fableForgeApi: { id: 'f1', name: 'FableForge account' },
};
const fillIn = async (nodes: object[]) =>
	(await callSandbox<{ nodes: Node[] }>('templates.mjs', 'withCredentials', { nodes }, chosen))
		.nodes;

describe('the credentials of a template', () => {
	it('go into the nodes that take them, and no others; broken by a node type that was renamed', async () => {
		const [artificer, fableForge, other] = await fillIn([
			{ type: 'n8n-nodes-artificer.artificer', parameters: {} },
			{ type: 'n8n-nodes-artificer.fableForge', parameters: {} },
			{ type: 'n8n-nodes-base.httpRequest', parameters: {} },
		]);
		expect(artificer?.credentials).toEqual({ artificerApi: chosen.artificerApi });
		expect(fableForge?.credentials).toEqual({ fableForgeApi: chosen.fableForgeApi });
		expect(other?.credentials).toBeUndefined();
	});

	it('go into a sub-workflow that is defined below; broken by one that is left without', async () => {
		const inner = { nodes: [{ type: 'n8n-nodes-artificer.artificer', parameters: {} }] };
		const [outer] = await fillIn([
			{
				type: 'n8n-nodes-base.executeWorkflow',
				parameters: { workflowJson: JSON.stringify(inner) },
			},
		]);
		const filled = JSON.parse(outer?.parameters.workflowJson ?? '{}') as { nodes: Node[] };
		expect(filled.nodes[0]?.credentials).toEqual({ artificerApi: chosen.artificerApi });
	});

	it('leave an expression as it is; broken by a template that only fits without one', async () => {
		const [outer] = await fillIn([
			{ type: 'n8n-nodes-base.executeWorkflow', parameters: { workflowJson: '={{ $json.flow }}' } },
		]);
		expect(outer?.parameters.workflowJson).toBe('={{ $json.flow }}');
	});
});
