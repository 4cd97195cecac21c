import fc from 'fast-check';

import {
	longestWaitMs,
	parseWaits,
	waitMs,
	type RetrySettings,
} from '../../../../nodes/shared/retryPlan';

const plain: RetrySettings = { retries: 3, waits: [10, 30, 60], doubling: false, jitter: false };

describe('the wait before a further try', () => {
	// Broken by counting tries from 0, or by waits in seconds.
	test('is the listed one, and the last one from then on', () => {
		expect([1, 2, 3, 4, 9].map((retry) => waitMs(plain, retry, 0))).toEqual([
			10_000, 30_000, 60_000, 60_000, 60_000,
		]);
	});

	// Broken by a doubling that starts at the first wait, or one try late.
	test('doubles from the last listed one', () => {
		const doubling = { ...plain, waits: [1, 5], doubling: true };
		expect([1, 2, 3, 4, 5].map((retry) => waitMs(doubling, retry, 0))).toEqual([
			1000, 5000, 10_000, 20_000, 40_000,
		]);
	});

	// Broken by doubling without end: Node's timers fire at once beyond 24 days.
	test('is an hour at the longest', () => {
		expect(waitMs({ ...plain, doubling: true }, 20, 1)).toBe(longestWaitMs);
	});

	// Broken by no wait listed, which must not be NaN: a timer would fire at once and for ever.
	test('is nothing where none is listed', () => {
		expect(waitMs({ ...plain, waits: [] }, 2, 0.5)).toBe(0);
	});

	// Broken by jitter that makes a wait longer, or shorter than half.
	test('with jitter lies between half and all of itself', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 0, max: 4000, noNaN: true }), { maxLength: 5 }),
				fc.integer({ min: 1, max: 20 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.boolean(),
				(waits, retry, random, doubling) => {
					const without = waitMs({ ...plain, waits, doubling }, retry, random);
					const jittered = waitMs({ ...plain, waits, doubling, jitter: true }, retry, random);
					expect(jittered).toBeLessThanOrEqual(without);
					expect(jittered).toBeGreaterThanOrEqual(Math.floor(without / 2));
				},
			),
		);
	});
});

describe('waits as a user writes them', () => {
	// Broken by one separator only.
	test.each([
		['10, 30, 60', [10, 30, 60]],
		['10;30;60', [10, 30, 60]],
		[' 0.5 ', [0.5]],
		['5 15', [5, 15]],
		['0', [0]],
	])('%j is %j', (text, waits) => {
		expect(parseWaits(text)).toEqual(waits);
	});

	// Broken by a list that is half understood.
	test.each(['', ' ', ',', '10, soon', '-1', '10, -5', 'Infinity', '10s'])('%j is none', (text) => {
		expect(parseWaits(text)).toBeUndefined();
	});
});
