import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { WorkflowJson, WorkflowNode } from './workflows';

/** Small workflows for the cases: nodes by name, wires by name and number of output and input. */
export class WorkflowBuilder {
	private readonly nodes: WorkflowNode[] = [];
	private readonly wires: Record<string, { main: IDataObject[][] }> = {};

	constructor() {
		this.add('Start', 'n8n-nodes-base.manualTrigger', 1);
	}

	/** Adds a node; it is wired by `wire`. */
	add(
		name: string,
		type: string,
		typeVersion: number,
		parameters: IDataObject = {},
		settings: Partial<WorkflowNode> = {},
	): this {
		const position: [number, number] = [this.nodes.length * 200, 0];
		this.nodes.push({ id: name, name, type, typeVersion, position, parameters, ...settings });
		return this;
	}

	/** Adds an Artificer node. */
	artificer(name: string, parameters: IDataObject, settings: Partial<WorkflowNode> = {}): this {
		const credentials = { artificerApi: { id: 'artificer', name: 'Artificer' } };
		const type = 'n8n-nodes-artificer.artificer';
		return this.add(name, type, 1, parameters, { credentials, ...settings });
	}

	/** Adds a FableForge node. */
	fableForge(name: string, parameters: IDataObject, settings: Partial<WorkflowNode> = {}): this {
		const credentials = { fableForgeApi: { id: 'fableforge', name: 'FableForge' } };
		const type = 'n8n-nodes-artificer.fableForge';
		return this.add(name, type, 1, parameters, { credentials, ...settings });
	}

	/** Adds a Quorum Merge. */
	quorumMerge(name: string, parameters: IDataObject, settings: Partial<WorkflowNode> = {}): this {
		return this.add(name, 'n8n-nodes-artificer.quorumMerge', 1, parameters, settings);
	}

	/** Adds a node that makes each item what an expression says. */
	set(name: string, expression: string): this {
		const parameters = { mode: 'raw', jsonOutput: `={{ ${expression} }}`, options: {} };
		return this.add(name, 'n8n-nodes-base.set', 3.4, parameters);
	}

	/** Wires an output of a node to an input of another. */
	wire(from: string, to: string, output = 0, index = 0): this {
		const outputs = (this.wires[from] ??= { main: [] }).main;
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: 'main', index });
		return this;
	}

	/** Wires nodes one after the other. */
	chain(...names: string[]): this {
		names.slice(1).forEach((to, position) => this.wire(names[position] ?? '', to));
		return this;
	}

	build(): WorkflowJson {
		const settings = { executionOrder: 'v1' };
		return { nodes: this.nodes, connections: this.wires as unknown as IDataObject, settings };
	}
}

/** Items as a trigger gives them. */
export function inputItems(...items: IDataObject[]): Record<string, INodeExecutionData[]> {
	return { Start: items.map((json) => ({ json })) };
}
