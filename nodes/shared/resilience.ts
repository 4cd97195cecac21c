import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { handleWhen, retry, timeout, TimeoutStrategy } from 'cockatiel';

import { CallFailure, toCallFailure } from './failures';
import { longestWaitMs, waitMs } from './retryPlan';
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
	// Every call of a run listens to the same signal: more than Node expects, and none is a leak.
	setMaxListeners(0, signal);
	const retries = retry(
		handleWhen((thrown) => toCallFailure(thrown).canBeTriedAgain(idempotent)),
		{ maxAttempts: plan.retries },
	);
	let wait = 0;
	retries.onRetry(({ attempt, ...reason }) => {
		if (signal.aborted || !('error' in reason)) return;
		const failure = toCallFailure(reason.error);
		const planned = waitMs(plan, attempt, Math.random());
		wait = Math.min(longestWaitMs, Math.max(planned, failure.facts.retryAfterMs ?? 0));
		onRetry({ failure, waitMs: wait, nextTry: attempt + 1, of: plan.retries + 1 });
	});
	return await retries.execute(async ({ attempt }) => {
		await pause(attempt === 0 ? 0 : wait, signal);
		return await withTimeLimit(work, attempt + 1, timeoutMs, signal);
	}, signal);
}

/**
 * Waits before a try. Not left to cockatiel, which waits a delay out even when nobody wants the
 * answer any more, and so keeps the request in memory for as long.
 */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) throw cancelled();
	if (ms === 0) return;
	try {
		await delay(ms, undefined, { signal });
	} catch {
		throw cancelled();
	}
}

async function withTimeLimit<Value>(
	work: (attempt: Attempt) => Promise<Value>,
	number: number,
	timeoutMs: number,
	outer: AbortSignal,
): Promise<Value> {
	const limit = timeout(timeoutMs, {
		strategy: TimeoutStrategy.Aggressive,
		// A call that has ended has nothing left to abort, and each abort costs an exception.
		abortOnReturn: false,
	});
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

/** n8n takes an execution for canceled, not failed, when the message has this very word, in this spelling. */
export function cancelled(): CallFailure {
	return new CallFailure('cancelled', 'The call was canceled before the answer came');
}
