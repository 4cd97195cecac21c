import { setMaxListeners } from 'node:events';

import { DelegateBackoff, handleWhen, retry, timeout, TimeoutStrategy } from 'cockatiel';

import { CallFailure, toCallFailure } from './failures';
import { waitMs } from './retryPlan';
import type { RunSettings } from './settings';

/** What a single try is told. */
export interface Attempt {
	/** 1 for the first try. */
	number: number;
	/** Aborted when the try's time is up or nobody wants the answer any more. */
	signal: AbortSignal;
	/** How long this try may take. */
	timeoutMs: number;
}

export interface ResilienceOptions {
	settings: RunSettings;
	/** Whether a call whose answer was lost may be repeated. */
	idempotent: boolean;
	/** Ends tries and waits at once. */
	signal: AbortSignal;
	/** Told before each wait. */
	onRetry: (retry: { failure: CallFailure; waitMs: number; nextTry: number; of: number }) => void;
}

/** Runs a call with a time limit for each try, and again where another try can help. Rejects with a `CallFailure`. */
export async function withResilience<Value>(
	work: (attempt: Attempt) => Promise<Value>,
	{ settings, idempotent, signal, onRetry }: ResilienceOptions,
): Promise<Value> {
	const { retry: plan, timeoutMs } = settings;
	const retries = retry(
		handleWhen((thrown) => toCallFailure(thrown).canBeTriedAgain(idempotent)),
		{
			maxAttempts: plan.retries,
			backoff: new DelegateBackoff((context) => {
				const failure = 'error' in context.result ? toCallFailure(context.result.error) : undefined;
				const planned = waitMs(plan, context.attempt, Math.random());
				return Math.max(planned, failure?.facts.retryAfterMs ?? 0);
			}),
		},
	);
	retries.onRetry(({ delay, attempt, ...reason }) => {
		if (signal.aborted || !('error' in reason)) return;
		onRetry({
			failure: toCallFailure(reason.error),
			waitMs: delay,
			nextTry: attempt + 1,
			of: plan.retries + 1,
		});
	});
	// cockatiel waits a delay out even when nobody wants the answer any more: the race ends it.
	return await unlessAborted(
		signal,
		retries.execute(async ({ attempt }) => {
			if (signal.aborted) throw cancelled();
			return await withTimeLimit(work, attempt + 1, timeoutMs, signal);
		}, signal),
	);
}

async function withTimeLimit<Value>(
	work: (attempt: Attempt) => Promise<Value>,
	number: number,
	timeoutMs: number,
	outer: AbortSignal,
): Promise<Value> {
	const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);
	let timedOut = false;
	const listener = limit.onTimeout(() => (timedOut = !outer.aborted));
	try {
		return await limit.execute(({ signal }) => work({ number, signal, timeoutMs }), outer);
	} catch (thrown) {
		if (outer.aborted) throw cancelled();
		if (timedOut) throw timeoutFailure(timeoutMs);
		throw toCallFailure(thrown);
	} finally {
		listener.dispose();
	}
}

/** The same words whether our own clock or the service's deadline ended the call. */
export function timeoutFailure(timeoutMs: number, facts: { server?: string } = {}): CallFailure {
	return new CallFailure('timeout', `No answer within ${timeoutMs / 1000} s`, {
		...facts,
		hint: 'Look whether the service is overloaded, or raise Timeout in the options.',
	});
}

export function cancelled(): CallFailure {
	return new CallFailure('cancelled', 'Cancelled before the answer came');
}

async function unlessAborted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
	if (signal.aborted) throw cancelled();
	const listening = new AbortController();
	const aborted = new Promise<never>((_, reject) => {
		// Every call of a run listens to the same signal: more than Node expects, and none is a leak.
		setMaxListeners(0, signal);
		signal.addEventListener('abort', () => reject(cancelled()), { signal: listening.signal });
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		listening.abort();
		// The loser of the race may still end, with nobody listening.
		work.catch(() => undefined);
	}
}
