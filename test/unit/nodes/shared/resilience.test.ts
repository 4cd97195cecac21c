import { CallFailure, type FailureKind } from '../../../../nodes/shared/failures';
import {
	withResilience,
	type Attempt,
	type ResilienceOptions,
} from '../../../../nodes/shared/resilience';
import type { RunSettings } from '../../../../nodes/shared/settings';

/** Real timers; waits of a few milliseconds, and of a minute only where they must be cut short. */
function settings(retries: number, waits = [0.001], timeoutMs = 5_000): RunSettings {
	return {
		atOnce: 1,
		timeoutMs,
		retry: { retries, waits, doubling: false, jitter: false },
		includeInput: false,
		cacheSeconds: 0,
	};
}

type Told = Parameters<ResilienceOptions['onRetry']>[0];

/** Runs a piece of work, and tells all that is seen of it. */
async function run(
	work: (attempt: Attempt) => Promise<string>,
	options: Partial<ResilienceOptions> = {},
) {
	const told: Told[] = [];
	let tries = 0;
	const settled = await withResilience(
		async (attempt) => {
			tries += 1;
			return await work(attempt);
		},
		{
			settings: settings(3),
			idempotent: true,
			signal: new AbortController().signal,
			onRetry: (retry) => told.push(retry),
			...options,
		},
	).then(
		(value) => ({ value, failure: undefined }),
		(failure: unknown) => ({ value: undefined, failure }),
	);
	return { ...settled, tries, told };
}

function failing(kind: FailureKind, facts = {}) {
	return async () => await Promise.reject<string>(new CallFailure(kind, kind, facts));
}

/** A call that never answers, and ends only when it is told to. */
async function hanging({ signal }: Attempt): Promise<string> {
	return await new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(new Error('The request was aborted')));
	});
}

describe('trying again', () => {
	// Broken by retrying what was declined for good, or what the user can't have meant.
	test.each<FailureKind>(['rejected', 'input', 'cancelled'])('a call %s is not', async (kind) => {
		const { tries, failure } = await run(failing(kind));
		expect(tries).toBe(1);
		expect(failure).toMatchObject({ name: 'CallFailure', kind });
	});

	// Broken by giving up at the first failure, or by one try too many.
	test.each<FailureKind>(['unreachable', 'busy', 'lost', 'server', 'timeout'])(
		'a call that ended with «%s» is, as often as set',
		async (kind) => {
			const { tries, failure } = await run(failing(kind));
			expect(tries).toBe(4);
			expect(failure).toMatchObject({ kind });
		},
	);

	// Broken by asking twice where the first request may have had its effect.
	test.each<[FailureKind, number]>([
		['unreachable', 4],
		['busy', 4],
		['lost', 1],
		['server', 1],
		['timeout', 1],
	])('of a call that must not be made twice, «%s» gives %d tries', async (kind, expected) => {
		const { tries } = await run(failing(kind), { idempotent: false });
		expect(tries).toBe(expected);
	});

	// Broken by retrying a fault of our own code.
	test('something that nobody foresaw is not tried again and keeps its words', async () => {
		const { tries, failure } = await run(async () => {
			return await Promise.reject<string>(new TypeError('x is not a function'));
		});
		expect(tries).toBe(1);
		expect(failure).toMatchObject({ kind: 'rejected', message: 'x is not a function' });
	});

	// Broken by an answer that is lost when it comes late.
	test('a call that succeeds at the third try gives its answer', async () => {
		const { value, tries } = await run(async ({ number }) => {
			if (number < 3) throw new CallFailure('server', 'Not yet');
			return `try ${number}`;
		});
		expect(value).toBe('try 3');
		expect(tries).toBe(3);
	});

	// Broken by telling the user the wrong try or count.
	test('before each wait the user is told which try comes next', async () => {
		const { told } = await run(failing('server'), { settings: settings(2, [0.001, 0.002]) });
		expect(told.map(({ failure, ...rest }) => ({ ...rest, kind: failure.kind }))).toEqual([
			{ waitMs: 1, nextTry: 2, of: 3, kind: 'server' },
			{ waitMs: 2, nextTry: 3, of: 3, kind: 'server' },
		]);
	});

	// Broken by a retry where none was wanted.
	test('with no retries set there is one try', async () => {
		const { tries, told } = await run(failing('server'), { settings: settings(0) });
		expect(tries).toBe(1);
		expect(told).toEqual([]);
	});
});

describe('what the service asks to wait', () => {
	// Broken by coming back earlier than asked.
	test('is waited where it is longer than planned', async () => {
		const { told } = await run(failing('busy', { retryAfterMs: 25 }), { settings: settings(1) });
		expect(told).toMatchObject([{ waitMs: 25 }]);
	});

	// Broken by a server that can make us come back faster than the user set.
	test('does not shorten a planned wait', async () => {
		const { told } = await run(failing('busy', { retryAfterMs: 0 }), {
			settings: settings(1, [0.03]),
		});
		expect(told).toMatchObject([{ waitMs: 30 }]);
	});

	// Broken by handing 30 days to a timer: Node makes them 1 ms, and the call would be repeated at once.
	test('is an hour at the longest', async () => {
		const stop = new AbortController();
		const { told, tries } = await run(failing('busy', { retryAfterMs: 30 * 86_400_000 }), {
			signal: stop.signal,
			settings: settings(1),
			onRetry: (retry) => {
				expect(retry.waitMs).toBe(3_600_000);
				setTimeout(() => stop.abort(), 20);
			},
		});
		expect(told).toEqual([]);
		expect(tries).toBe(1);
	});
});

describe('when nobody wants the answer any more', () => {
	// Broken by waiting the minute out: the test's own time limit is 10 s.
	test('a wait of a minute ends at once, and nothing is tried again', async () => {
		const stop = new AbortController();
		const { failure, tries } = await run(failing('server'), {
			settings: settings(3, [60]),
			signal: stop.signal,
			onRetry: () => setTimeout(() => stop.abort(), 10),
		});
		expect(failure).toMatchObject({ kind: 'cancelled' });
		expect(tries).toBe(1);
	});

	// Broken by a timer that keeps a request in memory, and the process alive, until its wait is over.
	test('no timer is left of the wait', async () => {
		const timers = () =>
			process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		const before = timers();
		const stop = new AbortController();
		await run(failing('server'), {
			settings: settings(3, [60]),
			signal: stop.signal,
			onRetry: () => stop.abort(),
		});
		expect(timers()).toBe(before);
	});

	// Broken by a signal that doesn't reach the call.
	test('a call under way is told, and its own words about it are not the user’s', async () => {
		const stop = new AbortController();
		let told = false;
		const { failure } = await run(
			async (attempt) => {
				attempt.signal.addEventListener('abort', () => (told = true));
				setTimeout(() => stop.abort(), 10);
				return await hanging(attempt);
			},
			{ signal: stop.signal },
		);
		expect(told).toBe(true);
		expect(failure).toMatchObject({
			kind: 'cancelled',
			message: 'The call was canceled before the answer came',
		});
	});

	// Broken by a call that is made although it was cancelled before its turn.
	test('a call that has not begun is never made', async () => {
		const { failure, tries } = await run(hanging, { signal: AbortSignal.abort() });
		expect(failure).toMatchObject({ kind: 'cancelled' });
		expect(tries).toBe(0);
	});

	// Broken by listeners that pile up on the signal of the whole run.
	test('listeners are taken from the signal when a call has ended', async () => {
		const stop = new AbortController();
		let listening = 0;
		const { signal } = stop;
		const add = signal.addEventListener.bind(signal);
		const remove = signal.removeEventListener.bind(signal);
		signal.addEventListener = (...given: Parameters<typeof add>) => {
			const options = given[2];
			const own = typeof options === 'object' ? options.signal : undefined;
			listening += 1;
			own?.addEventListener('abort', () => (listening -= 1));
			add(...given);
		};
		signal.removeEventListener = (...given: Parameters<typeof remove>) => {
			listening -= 1;
			remove(...given);
		};
		await run(async () => await Promise.resolve('done'), { signal });
		expect(listening).toBe(0);
	});
});

describe('the time limit of a try', () => {
	// Broken by a call that is left running when its time is up.
	test('ends a call that hangs, says after how long, and tells the call', async () => {
		let told = 0;
		const { failure, tries } = await run(
			async (attempt) => {
				attempt.signal.addEventListener('abort', () => (told += 1));
				return await hanging(attempt);
			},
			{ settings: settings(1, [0.001], 30) },
		);
		expect(failure).toMatchObject({ kind: 'timeout', message: 'No answer within 0.03 s' });
		expect(tries).toBe(2);
		expect(told).toBe(2);
	});

	// Broken by a limit that only listens to the call: it may never end.
	test('ends a call that listens to nothing', async () => {
		const { failure } = await run(async () => await new Promise<string>(() => undefined), {
			settings: settings(0, [], 30),
		});
		expect(failure).toMatchObject({ kind: 'timeout' });
	});

	// Broken by one limit for all tries together.
	test('begins anew with each try', async () => {
		const { value } = await run(
			async (attempt) => (attempt.number < 3 ? await hanging(attempt) : 'third'),
			{ settings: settings(2, [0.001], 60) },
		);
		expect(value).toBe('third');
	});
});
