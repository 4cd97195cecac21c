import { Workflow, type INode, type INodeParameters, type INodeTypes } from 'n8n-workflow';
import { QuorumMerge } from '../../../../nodes/QuorumMerge/QuorumMerge.node';

const type = new QuorumMerge();

/** What the editor writes below the node's name: it evaluates this expression in this way. */
function subtitleOf(parameters: INodeParameters): unknown {
	const node: INode = {
		id: 'merge',
		name: 'Merge',
		type: 'quorumMerge',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const nodeTypes = {
		getByNameAndVersion: () => type,
		getByName: () => type,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const written = type.description.subtitle;
	return workflow.expression.getSimpleParameterValue(node, written, 'internal', {});
}

describe('the subtitle of Quorum Merge', () => {
	// Broken by an expression in a field, which the canvas can't work out: it would show nothing.
	it.each([
		[{ needed: 'number', neededNumber: 3 }, 'at least 3'],
		[{ needed: 'share', neededShare: 60 }, 'at least 60 %'],
		[{ needed: 'majority' }, 'majority'],
		[{ needed: 'all' }, 'all'],
		[
			{ needed: 'number', neededNumber: '={{ $json.quorum }}' },
			'at least as many as an expression says',
		],
		[
			{ needed: 'share', neededShare: '={{ $json.share }}' },
			'at least as many as an expression says',
		],
		[{ needed: '={{ $json.rule }}' }, 'as many as an expression says'],
	])('%j is %s', (parameters, subtitle) => {
		expect(subtitleOf(parameters)).toBe(subtitle);
	});
});
