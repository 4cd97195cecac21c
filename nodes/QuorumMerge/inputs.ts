import {
	NodeOperationError,
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
 * Refuses a second run that n8n makes when one input has several wires: each run saw only a part of
 * the votes. This node has then run more often than the node before it, which no loop brings about.
 */
export function refuseSharedInput(context: IExecuteFunctions, inputs: Input[]): void {
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const shared = inputs.find(({ source }) => source && runIndex > (source.previousNodeRun ?? 0));
	if (!shared) return;
	throw new NodeOperationError(
		context.getNode(),
		`Several wires lead to input ${shared.index + 1}, one of them from "${shared.branch}", so that n8n judged the votes in parts`,
		{
			description:
				'Give each branch an input of its own (raise Number of Inputs), and wire only one output of a node to it: in the settings of that node, choose "Continue" instead of "Continue (using error output)".',
		},
	);
}
