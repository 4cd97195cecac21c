import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { nodeFailure } from '../shared/failedItems';
import { readInputs, refuseSharedInput } from './inputs';
import { accountItem, quorumOf, reachedItems } from './outputs';
import { properties } from './properties';
import { judge, missedSentence, type Account } from './quorum';
import { readReading, readRule } from './rules';
import { readVotes, type ItemVote } from './votes';

/** Evaluated by n8n, in the editor and when it runs: as many inputs as the user chose. */
const inputsExpression = `={{ Array.from({ length: $parameter.numberInputs }, (_, index) => ({
	type: 'main',
	...($parameter.numberInputs > 1 && { displayName: 'Branch ' + (index + 1) }),
})) }}`;

const outputsExpression = `={{ $parameter.notReached === 'output'
	? [{ type: 'main', displayName: 'Reached' }, { type: 'main', displayName: 'Not Reached' }]
	: [{ type: 'main' }] }}`;

/** Of the parameters as they are written: the editor can't work out an expression for the canvas. */
const subtitleExpression = `={{ ({
	number: 'at least ' + $rawParameter.neededNumber,
	share: 'at least ' + $rawParameter.neededShare + ' %',
}[$rawParameter.needed] ?? $rawParameter.needed).replace(/=.*/s, 'as many as an expression says') }}`;

export class QuorumMerge implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Quorum Merge',
		name: 'quorumMerge',
		icon: { light: 'file:quorumMerge.svg', dark: 'file:quorumMerge.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleExpression,
		description: 'Go on when enough of several results have succeeded, and tell who did not',
		defaults: { name: 'Quorum Merge' },
		inputs: inputsExpression,
		// The quorum is judged below; with more inputs required n8n would silently not run the node.
		requiredInputs: 1,
		outputs: outputsExpression,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const inputs = readInputs(this);
		const useSecondOutput = this.getNodeParameter('notReached', 0) === 'output';
		try {
			refuseSharedInput(this, inputs);
			const votes = readVotes(this, inputs, readReading(this));
			const accounts = judge(votes, readRule(this, inputs));
			const reached = accounts
				.filter((account) => account.reached)
				.flatMap((account) => reachedItems(this, account));
			const missed = accounts.filter((account) => !account.reached);
			if (useSecondOutput) return [reached, missed.map(accountItem)];
			const [first] = missed;
			if (!first) return [reached];
			if (!this.continueOnFail()) throw quorumMissed(this, first, missed.length);
			return [[...reached, ...missed.map((account) => failedGroup(this, account))]];
		} catch (thrown) {
			const failure = nodeFailure(this, thrown);
			if (!this.continueOnFail()) throw failure;
			// Thrown under "Continue", it would make n8n pass the votes on as if they were the result.
			const failed = { error: failure.message, message: failure.message, details: {} };
			return [[{ json: failed, pairedItem: { item: 0 } }], ...(useSecondOutput ? [[]] : [])];
		}
	}
}

function quorumMissed(
	context: IExecuteFunctions,
	account: Account<ItemVote>,
	groups: number,
): NodeOperationError {
	const sentence = sentenceFor(context, account);
	const others = groups > 1 ? ` ${groups - 1} more groups missed it, too.` : '';
	return new NodeOperationError(context.getNode(), sentence, {
		description: `${account.group ? `Group: ${account.group}.` : ''}${others} To go on all the same, lower what is needed or choose "Use Second Output".`,
	});
}

/** The missed quorum of a group as a failed item, as every node here gives it. */
function failedGroup(context: IExecuteFunctions, account: Account<ItemVote>): INodeExecutionData {
	const item = accountItem(account);
	const sentence = sentenceFor(context, account);
	return {
		json: {
			error: sentence,
			message: sentence,
			details: { group: account.group, quorum: quorumOf(account), failures: item.json.failures },
		},
		pairedItem: item.pairedItem,
	};
}

function sentenceFor(context: IExecuteFunctions, account: Account<ItemVote>): string {
	const noun = context.getNodeParameter('options.noun', 0, 'specialists') as string;
	return missedSentence(account, noun);
}
