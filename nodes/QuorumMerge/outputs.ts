import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPairedItemData,
} from 'n8n-workflow';

import { pickBest, pickMajority } from './picks';
import type { Account } from './quorum';
import { fieldOf, type ItemVote } from './votes';

/** A group's account as an item: what a user, Select Best and a report read. */
export function accountItem(account: Account<ItemVote>): INodeExecutionData {
	const { group, succeeded, failed } = account;
	return {
		json: {
			...(group && { group }),
			candidates: succeeded.map(({ item }) => item.json),
			failures: failed.map(({ item, voter, objection }) => ({
				...item.json,
				voter,
				reason: objection ?? '',
			})),
			quorum: quorumOf(account),
		},
		pairedItem: [...succeeded, ...failed].map(paired),
	};
}

/** The count of an account, as data. */
export function quorumOf({
	reached,
	needed,
	attempted,
	succeeded,
	failed,
	missing,
	missingVoters,
}: Account<ItemVote>): IDataObject {
	return {
		reached,
		needed,
		attempted,
		succeeded: succeeded.length,
		failed: failed.length,
		missing,
		succeeded_names: succeeded.map(({ voter }) => voter),
		failed_names: failed.map(({ voter }) => voter),
		missing_names: missingVoters,
	};
}

/** What comes out for a group whose quorum was reached, as the user chose it. */
export function reachedItems(
	context: IExecuteFunctions,
	account: Account<ItemVote>,
): INodeExecutionData[] {
	const output = context.getNodeParameter('output', 0) as 'account' | 'votes' | 'pick';
	if (output === 'account') return [accountItem(account)];
	if (output === 'votes') return account.succeeded.map(voteItem);
	const picked = pick(context, account.succeeded);
	return picked ? [voteItem(picked)] : [];
}

function pick(context: IExecuteFunctions, votes: ItemVote[]): ItemVote | undefined {
	const way = context.getNodeParameter('pick', 0) as 'best' | 'majority' | 'first';
	if (way === 'first') return votes[0];
	const numberField = context.getNodeParameter('pickNumber', 0) as string;
	const numberOf = ({ item }: ItemVote) => {
		const value = fieldOf(item.json, numberField);
		return typeof value === 'number' ? value : undefined;
	};
	if (way === 'best') return pickBest(votes, numberOf);
	const textField = context.getNodeParameter('pickText', 0) as string;
	const textOf = ({ item }: ItemVote) => String(fieldOf(item.json, textField) ?? '');
	// Votes without the text agree on nothing.
	const withText = votes.filter((vote) => textOf(vote) !== '');
	return pickMajority(withText.length > 0 ? withText : votes, textOf, numberOf);
}

function voteItem(vote: ItemVote): INodeExecutionData {
	const { json, binary } = vote.item;
	return { json, ...(binary && { binary }), pairedItem: paired(vote) };
}

function paired({ input, place }: ItemVote): IPairedItemData {
	return { item: place, input };
}
