import { bulkhead } from 'cockatiel';

import { toCallFailure } from './failures';
import type { Item } from './item';
import type { Operation } from './operation';
import type { Outcome } from './outcome';
import type { Progress } from './progress';
import { cancelled, withResilience, type Attempt } from './resilience';
import { cacheKey, recall, remember } from './resultCache';
import type { RunSettings } from './settings';

/** A service, connected by a credential. */
export interface Service<Call> {
	/** A digest that tells this service and credential from others; holds no secret. */
	identity: string;
	/**
	 * Carries one try of a call to the service and its answer back; for a call that answers in many
	 * messages, the list of what `onMessage` made of them. Throws a `CallFailure`.
	 */
	send(call: Call, request: unknown, attempt: Attempt, onMessage?: OnMessage): Promise<unknown>;
}

/** Takes one of many messages as it arrives. The next is asked for when the promise is done. */
export type OnMessage = (message: unknown) => Promise<unknown>;

/** Asks the service, with the run's cache, retries and time limit. */
export type Ask = (request: unknown, onMessage?: OnMessage) => Promise<unknown>;

/** What is learned of a piece of work while it is done. */
interface Account {
	startedAt: Date;
	tries: number;
	cached: boolean;
}

/** The calls of one run: they share a limit, and a failure of one is an account, not an end. */
export class Calls<Call> {
	private readonly places;

	constructor(
		private readonly operation: Operation<Call>,
		private readonly settings: RunSettings,
		private readonly service: Service<Call>,
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
		const account: Account = { startedAt: new Date(), tries: 0, cached: false };
		try {
			const value = await this.places.execute(async () => {
				account.startedAt = new Date();
				if (signal.aborted) throw cancelled();
				return await work(this.asker(item, signal, account));
			});
			return { status: 'success', value, ...timing(account), cached: account.cached };
		} catch (thrown) {
			const failure = signal.aborted ? cancelled() : toCallFailure(thrown);
			const status = failure.kind === 'cancelled' ? 'cancelled' : 'failed';
			return { status, failure, ...timing(account) };
		}
	}

	private asker(item: Item, signal: AbortSignal, account: Account): Ask {
		const ask = this.askerWithoutCache(item, signal, account);
		const { cacheSeconds } = this.settings;
		if (cacheSeconds === 0) return ask;
		return async (request, onMessage) => {
			// What a stream became lies in n8n's store for its own execution alone.
			if (onMessage) return await ask(request, onMessage);
			const key = cacheKey(this.service.identity, this.operation.call, request);
			const tell = (reason: string) => this.progress.cacheUnusable(reason);
			const kept = await recall(key, tell);
			if (kept) {
				account.cached = true;
				return kept.answer;
			}
			const answer = await ask(request);
			await remember(key, answer, cacheSeconds, tell);
			return answer;
		};
	}

	private askerWithoutCache(item: Item, signal: AbortSignal, account: Account): Ask {
		const { call, idempotent } = this.operation;
		const options = {
			settings: this.settings,
			idempotent: typeof idempotent === 'function' ? idempotent(item) : idempotent,
			signal,
			onRetry: (retry: Parameters<Progress['waiting']>[1]) => this.progress.waiting(item, retry),
		};
		return async (request, onMessage) =>
			await withResilience(async (attempt) => {
				account.tries = attempt.number;
				const answer = await this.service.send(call, request, attempt, onMessage);
				this.progress.note(this.operation.hint?.(answer));
				return answer;
			}, options);
	}
}

function timing({ startedAt, tries }: Account) {
	return {
		startedAt: startedAt.toISOString(),
		durationMs: Date.now() - startedAt.getTime(),
		tries,
	};
}
