import type { Vote } from './quorum';

/**
 * The vote with the highest number; of equals, the voter first in the alphabet, so that the order
 * in which votes came decides nothing. Votes without a number come last.
 */
export function pickBest<V extends Vote>(
	votes: V[],
	numberOf: (vote: V) => number | undefined,
): V | undefined {
	const rank = (vote: V) => numberOf(vote) ?? Number.NEGATIVE_INFINITY;
	return [...votes].sort((a, b) => compare(rank(b), rank(a)) || byVoter(a, b))[0];
}

/**
 * One of the votes whose text most others share; between texts that equally many share, the one
 * with the highest number among its votes; then by voter.
 */
export function pickMajority<V extends Vote>(
	votes: V[],
	textOf: (vote: V) => string,
	numberOf: (vote: V) => number | undefined,
): V | undefined {
	const parties = new Map<string, V[]>();
	for (const vote of votes) {
		const text = textOf(vote);
		parties.set(text, [...(parties.get(text) ?? []), vote]);
	}
	const leaders = [...parties.values()].flatMap((party) => {
		const leader = pickBest(party, numberOf);
		return leader ? [{ leader, size: party.length }] : [];
	});
	const largest = Math.max(0, ...leaders.map(({ size }) => size));
	return pickBest(
		leaders.filter(({ size }) => size === largest).map(({ leader }) => leader),
		numberOf,
	);
}

/** Not a subtraction, which would give NaN for two votes without a number. */
function compare<T extends number | string>(a: T, b: T): number {
	return a === b ? 0 : a < b ? -1 : 1;
}

function byVoter(a: Vote, b: Vote): number {
	return compare(a.voter, b.voter);
}
