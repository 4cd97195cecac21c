import fc from 'fast-check';

import { digestOf, distinct, vote } from '../../../../nodes/FableForge/operations/refineVotes';
import { objectionTo } from '../../../../nodes/QuorumMerge/votes';
import { CallFailure } from '../../../../nodes/shared/failures';

const timing = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 12, tries: 2 };
const value = { refined_text: 'a', specialist: 'prose', confidence: 0.9, improvements: [] };
const failure = new CallFailure('server', 'FableForge could not do it (status 500)', {
	status: '500',
});

describe('a vote', () => {
	const succeeded = vote(
		{ branch: 'prose', outcome: { status: 'success', value, ...timing } },
		's',
	);
	const failed = vote({ branch: 'prose', outcome: { status: 'failed', failure, ...timing } }, 's');
	const cancelled = vote(
		{
			branch: 'prose',
			outcome: { status: 'cancelled', failure: new CallFailure('cancelled', 'C'), ...timing },
		},
		's',
	);

	// Broken by another shape than the one that Quorum Merge and users' nodes read.
	test('has the shape of the contract', () => {
		expect(succeeded).toEqual({
			specialist: 'prose',
			status: 'success',
			result: value,
			source: 's',
			...timing,
		});
		expect(failed).toEqual({
			specialist: 'prose',
			status: 'failed',
			failure: { message: failure.message, kind: 'server', status: '500' },
			source: 's',
			...timing,
		});
		expect(cancelled).toMatchObject({ status: 'cancelled', failure: { kind: 'cancelled' } });
	});

	// Broken by a key `error`, by which n8n would route and retry it.
	test.each([succeeded, failed, cancelled])(
		'has no key by which n8n would take it for an error',
		(json) => {
			expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['error']));
		},
	);

	// Broken by Refine and Quorum Merge disagreeing on what a failure is.
	test('is read by Quorum Merge as it was meant', () => {
		const reading = {
			groupBy: { kind: 'source' as const },
			voterField: 'specialist',
			requiredFields: ['refined_text'],
			least: undefined,
		};
		expect(objectionTo({ json: succeeded }, reading)).toBeUndefined();
		expect(objectionTo({ json: failed }, reading)).toBe(failure.message);
		expect(objectionTo({ json: cancelled }, reading)).toBe('C');
	});
});

describe('the source of a vote', () => {
	// Broken by a digest that depends on anything but the text.
	test('is the same for the same text, and another for another', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
				expect(digestOf(a) === digestOf(b)).toBe(a === b);
			}),
		);
		expect(digestOf('안녕')).toMatch(/^[0-9a-f]{16}$/);
		expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
	});

	// Broken by two items that are judged as one: by a number that makes a name which another item has.
	test('is no other item’s, and keeps its name where it is the first of that name', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('a', 'a-2', 'a-2-2', 'a-3', 'b', '')), (sources) => {
				const names = distinct(sources);
				expect(names).toHaveLength(sources.length);
				expect(new Set(names).size).toBe(names.length);
				sources.forEach((source, place) => {
					if (sources.indexOf(source) === place) expect(names[place]).toBe(source);
					else expect(names[place]?.startsWith(`${source}-`)).toBe(true);
				});
			}),
		);
		expect(distinct(['a', 'a', 'a'])).toEqual(['a', 'a-2', 'a-3']);
		expect(distinct(['a', 'a', 'a-2'])).toEqual(['a', 'a-3', 'a-2']);
	});
});
