import { AsyncLocalStorage } from 'node:async_hooks';

/** What a call has had of the workers. */
interface Account {
	/**
	 * Ms of workers' time, counted from where the others stood when the call came: whoever comes
	 * late need not make up for it, and can't be outrun for ever.
	 */
	had: number;
}

interface Waiting {
	account: Account;
	enter: () => void;
}

/**
 * Ms that a turn is charged with until it is known how long it took, so that a call's second turn
 * comes after the first turns of others.
 */
const PRESUMED_MS = 10;

const accounts = new AsyncLocalStorage<Account>();

/** Does work whose turns count together: those of one call. */
export function asOneCall<Result>(work: () => Result): Result {
	return accounts.run({ had: 0 }, work);
}

/**
 * Lets a given number of pieces of work compute at once. A free place goes to the call that has had
 * the least so far, so that a short one never waits for a long one's end; among equals first come,
 * first served. Waiting costs no time of the job's limit, which is why this stands before the thread
 * pool's own queue.
 */
export class Turns {
	private readonly waiting: Waiting[] = [];
	/** What the call let in last had had by then; nobody who waits has had less. */
	private level = 0;
	private free: number;

	/** `waited` is told how long each piece of work waited, in ms. */
	constructor(
		private readonly places: number,
		private readonly waited: (ms: number) => void,
	) {
		this.free = places;
	}

	/** Pieces of work that wait. */
	get waitingCount(): number {
		return this.waiting.length;
	}

	/** Pieces of work that compute. */
	get takenCount(): number {
		return this.places - this.free;
	}

	/** Runs the work when its turn comes; rejects with the signal's reason when aborted before. */
	async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
		const account = accounts.getStore() ?? { had: 0 };
		account.had = Math.max(account.had, this.level);
		const cameAt = performance.now();
		await this.enter(account, signal);
		this.waited(performance.now() - cameAt);
		this.level = Math.max(this.level, account.had);
		account.had += PRESUMED_MS;
		const begun = performance.now();
		try {
			return await work();
		} finally {
			account.had += performance.now() - begun - PRESUMED_MS;
			this.leave();
		}
	}

	private enter(account: Account, signal: AbortSignal): Promise<void> {
		signal.throwIfAborted();
		if (this.free > 0) {
			this.free -= 1;
			return Promise.resolve();
		}
		return new Promise((resolve, reject) => {
			const giveUp = (): void => {
				this.waiting.splice(this.waiting.indexOf(entry), 1);
				reject(signal.reason);
			};
			const entry: Waiting = {
				account,
				enter: () => {
					signal.removeEventListener('abort', giveUp);
					resolve();
				},
			};
			signal.addEventListener('abort', giveUp, { once: true });
			this.waiting.push(entry);
		});
	}

	private leave(): void {
		let next: Waiting | undefined;
		for (const one of this.waiting) {
			if (next === undefined || one.account.had < next.account.had) next = one;
		}
		if (next === undefined) {
			this.free += 1;
			return;
		}
		this.waiting.splice(this.waiting.indexOf(next), 1);
		next.enter();
	}
}
