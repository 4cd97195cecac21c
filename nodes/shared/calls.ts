import { bulkhead } from 'cockatiel';

import { toCallFailure } from './failures';
import type { Item } from './item';
import type { Operation } from './operation';
import type { Outcome } from './outcome';
import type { Progress } from './progress';
import { cancelled, withResilience, type Attempt } from './resilience';
import type { RunSettings } from './settings';

/** Carries one try of a call to the service and its answer back. Throws a `CallFailure`. */
export type Send<Call> = (call: Call, request: unknown, attempt: Attempt) => Promise<unknown>;

/** Asks the service, with the run's retries and time limit. */
export type Ask = (request: unknown) => Promise<unknown>;

/** The calls of one run: they share a limit, and a failure of one is an account, not an end. */
export class Calls<Call> {
	private readonly places;

	constructor(
		private readonly operation: Operation<Call>,
		private readonly settings: RunSettings,
		private readonly send: Send<Call>,
		private readonly progress: Progress,
	) {
		this.places = bulkhead(settings.atOnce, Number.MAX_SAFE_INTEGER);
	}

	/** Does a piece of work for an item when a place is free. How it ended is the answer; it never rejects. */
	async make<Value>(
		item: Item,
		signal: AbortSignal,
		work: (ask: Ask) => Promise<Value>,
	): Promise<Outcome<Value>> {
		let startedAt = new Date();
		let tries = 0;
		const timing = () => ({
			startedAt: startedAt.toISOString(),
			durationMs: Date.now() - startedAt.getTime(),
			tries,
		});
		const ask = this.asker(item, signal, (number) => (tries = number));
		try {
			const value = await this.places.execute(async () => {
				startedAt = new Date();
				if (signal.aborted) throw cancelled();
				return await work(ask);
			});
			return { status: 'success', value, ...timing() };
		} catch (thrown) {
			const failure = signal.aborted ? cancelled() : toCallFailure(thrown);
			const status = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
			return { status, failure, ...timing() };
		}
	}

	private asker(item: Item, signal: AbortSignal, onTry: (number: number) => void): Ask {
		const { call, idempotent } = this.operation;
		const options = {
			settings: this.settings,
			idempotent: typeof idempotent === 'function' ? idempotent(item) : idempotent,
			signal,
			onRetry: (retry: Parameters<Progress['waiting']>[1]) => this.progress.waiting(item, retry),
		};
		return async (request) =>
			await withResilience(async (attempt) => {
				onTry(attempt.number);
				const answer = await this.send(call, request, attempt);
				this.progress.note(this.operation.hint?.(answer));
				return answer;
			}, options);
	}
}
