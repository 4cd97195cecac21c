import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { wiredBranches, type Input } from './inputs';
import type { Demand, Rule } from './quorum';
import type { GroupBy, Reading } from './votes';

/** Reads from the node's fields how many votes are needed. */
export function readRule(context: IExecuteFunctions, inputs: Input[]): Rule {
	const several = inputs.length > 1;
	const wired = wiredBranches(context);
	const seen = new Set(inputs.map(({ branch }) => branch));
	return {
		demand: readDemand(context),
		expected: readExpected(context, wired.length),
		// A branch that gave nothing at all is missing from every group, and its name is known.
		roll: several ? wired.filter((branch) => !seen.has(branch)) : [],
	};
}

function readDemand(context: IExecuteFunctions): Demand {
	const kind = context.getNodeParameter('needed', 0) as Demand['kind'];
	if (kind === 'number') {
		return { kind, number: positive(context, 'neededNumber', 'Votes Needed') };
	}
	if (kind === 'share') {
		return { kind, share: positive(context, 'neededShare', 'Share Needed') / 100 };
	}
	return { kind };
}

function readExpected(context: IExecuteFunctions, wired: number): number | undefined {
	if (context.getNodeParameter('needed', 0) === 'number') return undefined;
	const outOf = context.getNodeParameter('outOf', 0) as 'seen' | 'wired' | 'given';
	if (outOf === 'wired') return wired;
	return outOf === 'given' ? positive(context, 'expected', 'Votes Expected') : undefined;
}

function positive(context: IExecuteFunctions, name: string, displayName: string): number {
	const given = context.getNodeParameter(name, 0);
	const value = Number(given);
	if (value > 0 && Number.isFinite(value)) return value;
	throw new NodeOperationError(
		context.getNode(),
		`${displayName} is "${String(given)}", but a number above 0 is needed`,
	);
}

/** Reads from the node's fields how items are read as votes. */
export function readReading(context: IExecuteFunctions): Reading {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const least =
		options.leastNumber === undefined
			? undefined
			: { field: String(options.leastField ?? 'confidence'), value: Number(options.leastNumber) };
	return {
		groupBy: readGroupBy(context),
		voterField: String(options.voterField ?? 'specialist'),
		requiredFields: String(options.requiredField ?? '')
			.split(',')
			.map((field) => field.trim())
			.filter(Boolean),
		least,
	};
}

function readGroupBy(context: IExecuteFunctions): GroupBy {
	const kind = context.getNodeParameter('groupBy', 0) as GroupBy['kind'];
	if (kind === 'field') return { kind, field: context.getNodeParameter('groupField', 0) as string };
	if (kind === 'node') return { kind, node: context.getNodeParameter('groupNode', 0) as string };
	return { kind };
}
