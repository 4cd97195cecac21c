import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Input } from './inputs';
import type { Vote } from './quorum';

/** A vote with the item that cast it. */
export interface ItemVote extends Vote {
	item: INodeExecutionData;
	/** Which input it came by, and its place there: for pairing. */
	input: number;
	place: number;
}

/** How items are read as votes. */
export interface Reading {
	groupBy: GroupBy;
	/** The field that names the voter; where an item has none, its branch or place names it. */
	voterField: string;
	/** Fields that a vote must have to count. */
	requiredFields: string[];
	/** A number field, and the least that counts. */
	least: { field: string; value: number } | undefined;
}

export type GroupBy =
	/** By the field `source`, which votes of Refine have; items without it are together, or with the only source. */
	| { kind: 'source' }
	| { kind: 'field'; field: string }
	/** By the item of a node further up that they come from. */
	| { kind: 'node'; node: string }
	| { kind: 'all' };

/** Reads the items of all inputs as votes. */
export function readVotes(
	context: IExecuteFunctions,
	inputs: Input[],
	reading: Reading,
): ItemVote[] {
	const origins =
		reading.groupBy.kind === 'node' ? originFinder(context, reading.groupBy.node) : undefined;
	const votes = inputs.flatMap((input) =>
		input.items.map((item, place) => ({
			voter: voterOf(item, input, place, inputs.length, reading.voterField),
			group: origins ? origins(input, item, place) : groupOf(item, reading.groupBy),
			objection: objectionTo(item, reading),
			item,
			input: input.index,
			place,
		})),
	);
	return reading.groupBy.kind === 'source' ? withStrays(votes) : votes;
}

/**
 * A branch that failed before it could name its source still belongs somewhere: where there is only
 * one source, its votes belong to that.
 */
function withStrays(votes: ItemVote[]): ItemVote[] {
	const [only, ...others] = new Set(votes.map(({ group }) => group).filter(Boolean));
	if (only === undefined || others.length > 0) return votes;
	return votes.map((vote) => ({ ...vote, group: only }));
}

/** Who votes: what the voter field says, else the branch (where there are several), else the place. */
export function voterOf(
	{ json }: INodeExecutionData,
	input: Input,
	place: number,
	inputs: number,
	field: string,
): string {
	const named = field ? fieldOf(json, field) : undefined;
	if (typeof named === 'string' && named !== '') return named;
	return inputs > 1 && input.branch ? input.branch : `item ${place}`;
}

/** What is voted on. By the item of a node it takes n8n to find out: see `readVotes`. */
export function groupOf({ json }: INodeExecutionData, groupBy: GroupBy): string {
	if (groupBy.kind === 'all') return '';
	const value = fieldOf(json, groupBy.kind === 'field' ? groupBy.field : 'source');
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Finds, for an item, its ancestor in the output of a node. An item's own `pairedItem` only says its
 * place in the node before it; n8n follows the chain from there.
 */
function originFinder(context: IExecuteFunctions, node: string) {
	const proxy = context.getWorkflowDataProxy(0);
	const all = proxy.$items(node) as INodeExecutionData[];
	return (input: Input, item: INodeExecutionData, place: number): string => {
		const paired = Array.isArray(item.pairedItem) ? item.pairedItem[0] : item.pairedItem;
		const pairedItem = typeof paired === 'object' ? paired : { item: paired ?? place };
		const ancestor = proxy.$getPairedItem(
			node,
			input.source ?? null,
			pairedItem,
		) as INodeExecutionData;
		const position = all.indexOf(ancestor);
		return `${node} ${position}`;
	};
}

/** Why an item is no vote that counts; undefined where it counts. */
export function objectionTo(
	item: INodeExecutionData,
	{ requiredFields, least }: Reading,
): string | undefined {
	const { json } = item;
	const told = failureOf(item);
	if (told !== undefined) return told;
	const absent = requiredFields.find((field) => isEmpty(fieldOf(json, field)));
	if (absent) return `It has no field "${absent}"`;
	if (least) {
		const value = fieldOf(json, least.field);
		if (typeof value !== 'number' || !(value >= least.value)) {
			return `Its ${least.field} is ${JSON.stringify(value) ?? 'not there'}, but a number from ${least.value} up is needed`;
		}
	}
	return undefined;
}

/** What an item says of a failure: n8n's own mark, a failed item of any node, or a failed vote. */
function failureOf({ json, error }: INodeExecutionData): string | undefined {
	if (error) return error.message;
	if (json.error) return textOf(json.message) ?? textOf(json.error) ?? 'It did not succeed';
	if (json.failure && json.status !== 'success') {
		return textOf((json.failure as IDataObject).message) ?? String(json.status);
	}
	return undefined;
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string' && value !== '') return value;
	const message = (value as { message?: unknown } | null | undefined)?.message;
	return typeof message === 'string' && message !== '' ? message : undefined;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** A field by its name or its path (`result.confidence`). A vote of Refine holds its answer in `result`: fields are found there, too. */
export function fieldOf(json: IDataObject, path: string): unknown {
	return follow(json, path) ?? follow(json.result, path);
}

function follow(start: unknown, path: string): unknown {
	if (typeof start === 'object' && start !== null && Object.hasOwn(start, path)) {
		return (start as IDataObject)[path];
	}
	let current = start;
	for (const step of path.split('.')) {
		if (typeof current !== 'object' || current === null) return undefined;
		// Own fields only: «constructor» is in every object, but nobody's field.
		if (!Object.hasOwn(current, step)) return undefined;
		current = (current as IDataObject)[step];
	}
	return current;
}
