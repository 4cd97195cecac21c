/**
 * Whether enough succeeded: pure functions without n8n in them, so that they can be proven for
 * every order and number of votes.
 */

/** One voter's account of one subject. */
export interface Vote {
	/** Who votes: a specialist, or the branch that the vote came by. */
	voter: string;
	/** What is voted on: votes with the same group are judged together. */
	group: string;
	/** Why the vote doesn't count; undefined for one that does. */
	objection: string | undefined;
}

/** How many votes must count. */
export type Demand =
	| { kind: 'number'; number: number }
	/** A share from 0 to 1, rounded up to whole votes. */
	| { kind: 'share'; share: number }
	/** More than half. */
	| { kind: 'majority' }
	| { kind: 'all' };

export interface Rule {
	demand: Demand;
	/** How many votes there should be; undefined for as many as were seen. */
	expected: number | undefined;
	/** Voters that are known to belong to every group, so that their absence can be told by name. */
	roll: string[];
}

/** What a group's votes come to. */
export interface Account<V extends Vote> {
	group: string;
	reached: boolean;
	needed: number;
	/** All that should have voted: succeeded + failed + missing. */
	attempted: number;
	succeeded: V[];
	failed: V[];
	/** How many gave no vote. */
	missing: number;
	/** The names of those, as far as they are known. */
	missingVoters: string[];
}

/** Judges each group by itself, in the order in which the groups first appear. */
export function judge<V extends Vote>(votes: V[], rule: Rule): Array<Account<V>> {
	const groups = new Map<string, V[]>();
	for (const vote of votes) {
		const group = groups.get(vote.group);
		if (group) group.push(vote);
		else groups.set(vote.group, [vote]);
	}
	return [...groups].map(([group, own]) => account(group, own, rule));
}

function account<V extends Vote>(group: string, votes: V[], rule: Rule): Account<V> {
	const succeeded = votes.filter(({ objection }) => objection === undefined);
	const failed = votes.filter(({ objection }) => objection !== undefined);
	const heard = new Set(votes.map(({ voter }) => voter));
	const missingVoters = rule.roll.filter((voter) => !heard.has(voter));
	const missing = Math.max(missingVoters.length, (rule.expected ?? 0) - votes.length);
	const total = rule.expected ?? votes.length;
	const needed = votesNeeded(rule.demand, total);
	return {
		group,
		reached: succeeded.length >= needed,
		needed,
		attempted: votes.length + missing,
		succeeded,
		failed,
		missing,
		missingVoters,
	};
}

/** How many votes a demand comes to, of a total. Never less than one: nothing is no quorum. */
export function votesNeeded(demand: Demand, total: number): number {
	switch (demand.kind) {
		case 'number':
			return Math.max(1, demand.number);
		case 'share':
			// 0.6 × 5 is 3.0000000000000004 in binary: what is a rounding's width above a whole number is that number.
			return Math.max(1, Math.ceil(demand.share * total - 1e-9));
		case 'majority':
			return Math.floor(total / 2) + 1;
		case 'all':
			return Math.max(1, total);
	}
}

/** The contract's sentence for a quorum that was missed. */
export function missedSentence(
	{ needed, attempted, succeeded, failed, missing, missingVoters }: Account<Vote>,
	noun: string,
): string {
	return [
		`Only ${succeeded.length}/${attempted} ${noun} succeeded, need at least ${needed}`,
		failed.length > 0 ? `Failed: ${failed.map(({ voter }) => voter).join(', ')}` : '',
		missing > 0 ? `Missing: ${whoIsMissing(missing, missingVoters)}` : '',
	]
		.filter(Boolean)
		.join('. ');
}

/** By name as far as names are known: a number where none is, and how many more where some are not. */
function whoIsMissing(missing: number, names: string[]): string {
	const nameless = missing - names.length;
	if (names.length === 0) return String(missing);
	return nameless > 0 ? `${names.join(', ')} and ${nameless} more` : names.join(', ');
}
