import fc from 'fast-check';

import {
	judge,
	missedSentence,
	votesNeeded,
	type Account,
	type Demand,
	type Rule,
	type Vote,
} from '../../../../nodes/QuorumMerge/quorum';

const names = ['cultural', 'prose', 'dialogue', 'narrative', 'fluency', 'legal', 'poetry'];

const vote: fc.Arbitrary<Vote> = fc.record({
	voter: fc.constantFrom(...names),
	group: fc.constantFrom('', 'a', 'b', '__proto__'),
	objection: fc.option(fc.constantFrom('', 'It did not succeed'), { nil: undefined }),
});
const votes = fc.array(vote, { maxLength: 30 });

const demand: fc.Arbitrary<Demand> = fc.oneof(
	fc.record({ kind: fc.constant('number' as const), number: fc.integer({ min: 1, max: 12 }) }),
	fc.record({
		kind: fc.constant('share' as const),
		share: fc.double({ min: 0.001, max: 1, noNaN: true }),
	}),
	fc.constant({ kind: 'majority' as const }),
	fc.constant({ kind: 'all' as const }),
);

const rule: fc.Arbitrary<Rule> = fc.record({
	demand,
	expected: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
	roll: fc.uniqueArray(fc.constantFrom(...names, 'Branch 7', 'Branch 8')),
});

/** What an account comes to, without the order in which anything came. */
function outcomeOf({ succeeded, failed, missingVoters, ...counts }: Account<Vote>) {
	const sorted = (list: Vote[]) => list.map((one) => JSON.stringify(one)).sort();
	return {
		...counts,
		succeeded: sorted(succeeded),
		failed: sorted(failed),
		missingVoters: [...missingVoters].sort(),
	};
}

function outcomes(all: Vote[], by: Rule) {
	return judge(all, by)
		.map(outcomeOf)
		.sort((a, b) => a.group.localeCompare(b.group));
}

describe('judging votes', () => {
	// Broken by any use of the order of votes, such as taking only the first N.
	test('no order of votes changes the outcome', () => {
		const shuffled = votes.chain((all) =>
			fc.tuple(
				fc.constant(all),
				fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
			),
		);
		fc.assert(
			fc.property(shuffled, rule, ([all, other], by) => {
				expect(outcomes(other, by)).toEqual(outcomes(all, by));
			}),
		);
	});

	// Broken by a failed vote that is left out, or one that is counted twice.
	test('attempted is succeeded, failed and missing together, and every vote is in one account', () => {
		fc.assert(
			fc.property(votes, rule, (all, by) => {
				const accounts = judge(all, by);
				for (const { attempted, succeeded, failed, missing } of accounts) {
					expect(attempted).toBe(succeeded.length + failed.length + missing);
					expect(attempted).toBeGreaterThanOrEqual(by.expected ?? 0);
				}
				const counted = accounts.flatMap(({ succeeded, failed }) => [...succeeded, ...failed]);
				expect(new Set(counted)).toEqual(new Set(all));
				expect(counted).toHaveLength(all.length);
			}),
		);
	});

	// Broken by a failure that counts, or a success that doesn't.
	test('exactly the votes without an objection count, an objection without words included', () => {
		fc.assert(
			fc.property(votes, rule, (all, by) => {
				for (const { succeeded, failed } of judge(all, by)) {
					expect(succeeded.every(({ objection }) => objection === undefined)).toBe(true);
					expect(failed.every(({ objection }) => objection !== undefined)).toBe(true);
				}
			}),
		);
	});

	// Broken by a threshold that is compared the wrong way round.
	test('when failed votes turn into successes, a reached quorum stays reached', () => {
		fc.assert(
			fc.property(votes, rule, fc.infiniteStream(fc.boolean()), (all, by, mends) => {
				const mended = all.map((one) =>
					one.objection !== undefined && mends.next().value
						? { ...one, objection: undefined }
						: one,
				);
				const before = new Map(judge(all, by).map(({ group, reached }) => [group, reached]));
				for (const { group, reached } of judge(mended, by)) {
					expect(reached || !before.get(group)).toBe(true);
				}
			}),
		);
	});

	// Broken by a demand that grows faster than the votes: a further success must be worth its own weight.
	test('a further success never undoes a quorum, for every demand and total', () => {
		fc.assert(
			fc.property(votes, rule, vote, (all, by, extra) => {
				const more = judge([...all, { ...extra, objection: undefined }], by);
				for (const { group, reached } of judge(all, by)) {
					const after = more.find((account) => account.group === group);
					expect(after?.reached || !reached).toBe(true);
				}
			}),
		);
	});

	// Broken by an account of one group that sees another group's votes.
	test('each group is judged as if it were alone, in the order of first appearance', () => {
		fc.assert(
			fc.property(votes, rule, (all, by) => {
				const accounts = judge(all, by);
				expect(accounts.map(({ group }) => group)).toEqual([
					...new Set(all.map(({ group }) => group)),
				]);
				for (const account of accounts) {
					const own = all.filter(({ group }) => group === account.group);
					expect(judge(own, by)).toEqual([account]);
				}
			}),
		);
	});

	// Broken by a voter on the roll that voted and is still called missing.
	test('who is on the roll and gave no vote is missing, by name', () => {
		const [account] = judge([cast('prose'), cast('fluency', 'no')], {
			demand: { kind: 'all' },
			expected: undefined,
			roll: ['prose', 'cultural', 'fluency', 'dialogue'],
		});
		expect(account).toMatchObject({
			missing: 2,
			missingVoters: ['cultural', 'dialogue'],
			attempted: 4,
		});
	});

	// Broken by judging a demand on the votes seen alone: «all» of five is not reached by two.
	test('an expected number of votes is what shares, majorities and all are taken of', () => {
		const two = [cast('prose'), cast('fluency')];
		const judged = (by: Demand) =>
			judge(two, { demand: by, expected: 5, roll: [] })[0] as Account<Vote>;
		expect(judged({ kind: 'all' })).toMatchObject({ needed: 5, missing: 3, reached: false });
		expect(judged({ kind: 'majority' })).toMatchObject({ needed: 3, reached: false });
		expect(judged({ kind: 'share', share: 0.4 })).toMatchObject({ needed: 2, reached: true });
	});
});

describe('how many votes a demand comes to', () => {
	// Broken by rounding a share down, or by binary fractions pushing it one up.
	test.each([
		[0.6, 5, 3],
		[0.5, 5, 3],
		[0.5, 4, 2],
		[0.2, 5, 1],
		[0.01, 5, 1],
		[1, 7, 7],
		[0.1, 30, 3],
		[0.07, 100, 7],
	])('a share of %d of %d is %d', (share, total, needed) => {
		expect(votesNeeded({ kind: 'share', share }, total)).toBe(needed);
	});

	// Broken by a share computed in binary: whole percentages of whole numbers must come out exactly.
	test('whole percentages agree with whole-number arithmetic', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 100 }),
				fc.integer({ min: 1, max: 10_000 }),
				(percent, total) => {
					const exact = Math.floor((percent * total + 99) / 100);
					expect(votesNeeded({ kind: 'share', share: percent / 100 }, total)).toBe(exact);
				},
			),
		);
	});

	// Broken by a majority of half.
	test('a majority is more than half', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1000 }), (total) => {
				const needed = votesNeeded({ kind: 'majority' }, total);
				expect(2 * needed).toBeGreaterThan(total);
				expect(2 * (needed - 1)).toBeLessThanOrEqual(total);
			}),
		);
	});

	// Broken by a quorum of nothing.
	test('it is never less than one', () => {
		fc.assert(
			fc.property(demand, fc.integer({ min: 0, max: 50 }), (by, total) => {
				expect(votesNeeded(by, total)).toBeGreaterThanOrEqual(1);
			}),
		);
	});
});

describe('the sentence for a missed quorum', () => {
	// Broken by any change to the contract's words.
	test("is the contract's, word for word", () => {
		const all = [
			cast('cultural'),
			cast('prose', 'no'),
			cast('dialogue', 'no'),
			cast('narrative'),
			cast('fluency', 'no'),
		];
		expect(sentence(all, 3)).toBe(
			'Only 2/5 specialists succeeded, need at least 3. Failed: prose, dialogue, fluency',
		);
	});

	// Broken by silence about branches that gave nothing.
	test('names who is missing, or says how many where no name is known', () => {
		expect(sentence([cast('cultural')], 3, { roll: ['prose', 'cultural', 'fluency'] })).toBe(
			'Only 1/3 specialists succeeded, need at least 3. Missing: prose, fluency',
		);
		expect(sentence([cast('cultural'), cast('prose', 'no')], 3, { expected: 5 })).toBe(
			'Only 1/5 specialists succeeded, need at least 3. Failed: prose. Missing: 3',
		);
	});

	// Broken by names that hide votes that are missing without a name.
	test('says of how many missing votes only some have a name', () => {
		expect(sentence([cast('prose')], 3, { roll: ['Branch 2'], expected: 5 })).toBe(
			'Only 1/5 specialists succeeded, need at least 3. Missing: Branch 2 and 3 more',
		);
	});
});

function cast(voter: string, objection?: string): Vote {
	return { voter, group: '', objection };
}

function sentence(all: Vote[], number: number, more: Partial<Rule> = {}): string {
	const by: Rule = { demand: { kind: 'number', number }, expected: undefined, roll: [], ...more };
	const [account] = judge(all, by);
	return missedSentence(account as Account<Vote>, 'specialists');
}
