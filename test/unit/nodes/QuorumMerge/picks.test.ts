import fc from 'fast-check';

import { pickBest, pickMajority } from '../../../../nodes/QuorumMerge/picks';
import type { Vote } from '../../../../nodes/QuorumMerge/quorum';

interface TextVote extends Vote {
	text: string;
	confidence: number | undefined;
}

const confidence = fc.option(fc.constantFrom(0, 0.5, 0.7, 1, -1), { nil: undefined });

/** Voters differ, as specialists and branches do. */
const votes: fc.Arbitrary<TextVote[]> = fc
	.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
	.chain((voters) =>
		fc.tuple(
			...voters.map((voter) =>
				fc.record({
					voter: fc.constant(voter),
					group: fc.constant(''),
					objection: fc.constant(undefined),
					text: fc.constantFrom('x', 'y', 'z'),
					confidence,
				}),
			),
		),
	);

const reordered = votes.chain((all) =>
	fc.tuple(
		fc.constant(all),
		fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
	),
);

const numberOf = (vote: TextVote) => vote.confidence;
const textOf = (vote: TextVote) => vote.text;

describe('picking one vote', () => {
	// Broken by ties that the order of arrival decides.
	test('no order of votes changes which is picked', () => {
		fc.assert(
			fc.property(reordered, ([all, other]) => {
				expect(pickBest(other, numberOf)).toBe(pickBest(all, numberOf));
				expect(pickMajority(other, textOf, numberOf)).toBe(pickMajority(all, textOf, numberOf));
			}),
		);
	});

	// Broken by sorting upwards, or by a vote without a number beating a negative one.
	test('best is the highest number, and only without any number a vote that has none', () => {
		fc.assert(
			fc.property(votes, (all) => {
				const numbers = all.map(numberOf).filter((number) => number !== undefined);
				const best = pickBest(all, numberOf);
				expect(best && numberOf(best)).toBe(numbers.length > 0 ? Math.max(...numbers) : undefined);
			}),
		);
	});

	// Broken by a majority that weighs numbers before heads.
	test('majority is a text that no other text outnumbers', () => {
		fc.assert(
			fc.property(votes, (all) => {
				const count = (text: string | undefined) => all.filter((vote) => vote.text === text).length;
				const picked = pickMajority(all, textOf, numberOf);
				expect(count(picked?.text)).toBe(Math.max(...['x', 'y', 'z'].map(count)));
			}),
		);
	});

	// Broken by leaving out the second field of a tie.
	test('between texts that equally many share, the highest number decides', () => {
		const all = [
			cast('a', 'x', 0.5),
			cast('b', 'x', 0.6),
			cast('c', 'y', 0.9),
			cast('d', 'y', 0.1),
		];
		expect(pickMajority(all, textOf, numberOf)?.voter).toBe('c');
	});

	// Broken by a sort that changes the list it is given.
	test('the votes that were given stay as they were', () => {
		fc.assert(
			fc.property(votes, (all) => {
				const before = [...all];
				pickBest(all, numberOf);
				pickMajority(all, textOf, numberOf);
				expect(all).toEqual(before);
			}),
		);
	});

	// Broken by a pick made of nothing.
	test('of no votes none is picked', () => {
		expect(pickBest<TextVote>([], numberOf)).toBeUndefined();
		expect(pickMajority<TextVote>([], textOf, numberOf)).toBeUndefined();
	});
});

function cast(voter: string, text: string, number: number): TextVote {
	return { voter, group: '', objection: undefined, text, confidence: number };
}
