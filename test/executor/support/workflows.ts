import type { IDataObject, INodeExecutionData, IRunData } from 'n8n-workflow';

/** A workflow as a template's file has it. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: WorkflowNode[];
	connections: IDataObject;
	settings?: IDataObject;
}

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position?: [number, number];
	parameters: IDataObject;
	credentials?: Record<string, { id: string; name: string }>;
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	[setting: string]: unknown;
}

/** What n8n keeps of an execution. */
export interface FinishedRun {
	/** `success`, `error`, `canceled`, `crashed` */
	status: string;
	data: {
		resultData: {
			runData: IRunData;
			lastNodeExecuted?: string;
			error?: { message: string; description?: string; node?: { name: string } };
		};
	};
}

/** A credential as plain data, under the id by which the workflow's nodes name it. */
export interface PlainCredential {
	id: string;
	name: string;
	type: string;
	data: IDataObject;
}

/**
 * The items that a node gave in its last run.
 *
 * @param run a finished run
 * @param node the node's name
 * @param output 0 is the first; with an error output, that is the last
 */
export function itemsOf(run: FinishedRun, node: string, output = 0): INodeExecutionData[] {
	return run.data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}
