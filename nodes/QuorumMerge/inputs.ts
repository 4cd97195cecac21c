import {
	NodeOperationError,
	type IConnection,
	type IConnections,
	type IExecuteFunctions,
	type INodeExecutionData,
	type ISourceData,
} from 'n8n-workflow';

/** What came in by one of the node's inputs. */
export interface Input {
	/** From 0. */
	index: number;
	/** The node that it came from; undefined where nothing came. */
	branch: string | undefined;
	source: ISourceData | undefined;
	items: INodeExecutionData[];
}

/** Reads all inputs; one that nothing came by is empty. */
export function readInputs(context: IExecuteFunctions): Input[] {
	return context.getNodeInputs().map((_, index) => {
		const items = itemsOf(context, index);
		const source = items.length > 0 ? context.getInputSourceData(index) : undefined;
		return { index, branch: source?.previousNode, source, items };
	});
}

/** An input without data may come as an empty list, or make n8n throw. */
function itemsOf(context: IExecuteFunctions, index: number): INodeExecutionData[] {
	try {
		return context.getInputData(index) ?? [];
	} catch {
		return [];
	}
}

/** The nodes wired to this one, by name. */
export function wiredBranches(context: IExecuteFunctions): string[] {
	return context.getParentNodes(context.getNode().name, { depth: 1 }).map(({ name }) => name);
}

/**
 * Refuses an input by which votes come in parts. n8n runs this node once for each wire of an input
 * that has data (both outputs of a node, say), and each run would judge its part as if it were all.
 */
export function refuseSharedInput(context: IExecuteFunctions, inputs: Input[]): void {
	const proxy = context.getWorkflowDataProxy(0);
	for (const { index, source } of inputs) {
		if (!source) continue;
		// No loop brings it about that a node has run more often than the node before it.
		const secondPart = (proxy.$runIndex as number) > (source.previousNodeRun ?? 0);
		const otherPart = otherWires(context, index, source).some(
			({ node, index: output }) => itemsOfOutput(proxy, node, output) > 0,
		);
		if (secondPart || otherPart) throw sharedInput(context, index, source.previousNode);
	}
}

/** The wires to an input besides the one that these items came by. */
function otherWires(context: IExecuteFunctions, index: number, source: ISourceData): IConnection[] {
	// n8n has no public way to ask for wires; where its contexts don't carry the workflow, the run count tells.
	const { workflow } = context as IExecuteFunctions & {
		workflow?: { connectionsByDestinationNode: IConnections };
	};
	const wires = workflow?.connectionsByDestinationNode[context.getNode().name]?.main?.[index] ?? [];
	return wires.filter(
		({ node, index: output }) =>
			node !== source.previousNode || output !== (source.previousNodeOutput ?? 0),
	);
}

/** How many items a node gave by an output in its last run; none where it has not run. */
function itemsOfOutput(
	proxy: ReturnType<IExecuteFunctions['getWorkflowDataProxy']>,
	node: string,
	output: number,
): number {
	try {
		return (proxy.$items(node, output) as INodeExecutionData[]).length;
	} catch {
		return 0;
	}
}

function sharedInput(
	context: IExecuteFunctions,
	index: number,
	branch: string,
): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`Several wires lead to input ${index + 1}, one of them from "${branch}", so that n8n hands the votes over in parts`,
		{
			description:
				'Give each branch an input of its own (raise Number of Inputs), and wire only one output of a node to it: in the settings of that node, choose "Continue" instead of "Continue (using error output)".',
		},
	);
}
