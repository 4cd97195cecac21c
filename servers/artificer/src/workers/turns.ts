import { type Account, accountOfCall } from '../calls/account.js';

interface Waiting<Place> {
	account: Account;
	enter: (place: Place) => void;
}

/**
 * Ms that a turn is charged with until it is known how long it took, so that a call's second turn
 * comes after the first turns of others.
 */
const PRESUMED_MS = 10;

/**
 * Ms that a call is taken to lose at a place that it doesn't know: there it opens its document again,
 * and a PDF's Chinese, Japanese or Korean fonts take 50 to 150. A call moves when it is that far
 * behind the others, or when nobody else wants the place.
 */
const MOVE_MS = 100;

/**
 * Lets as many pieces of work compute at once as there are places. A free place goes to the call that
 * has had the least so far, so that a short one never waits for a long one's end; among equals first
 * come, first served. Calls stay where they have been, as long as that costs the others little.
 * Waiting costs no time of the job's limit, which is why this stands before the threads' own queues.
 */
export class Turns<Place extends object> {
	private readonly waiting: Waiting<Place>[] = [];
	/** What the call let in last had had by then; nobody who waits has had less. */
	private level = 0;
	/** The one used last is the last. */
	private readonly free: Place[];

	/** `waited` is told how long each piece of work waited, in ms. */
	constructor(
		private readonly places: readonly Place[],
		private readonly waited: (ms: number) => void,
	) {
		this.free = places.toReversed();
	}

	/** Pieces of work that wait. */
	get waitingCount(): number {
		return this.waiting.length;
	}

	/** Pieces of work that compute. */
	get takenCount(): number {
		return this.places.length - this.free.length;
	}

	/**
	 * Runs the work when its turn comes, at the place that is free; rejects with the signal's reason when
	 * aborted before.
	 */
	async run<Result>(work: (place: Place) => Promise<Result>, signal: AbortSignal): Promise<Result> {
		const account = accountOfCall();
		account.had = Math.max(account.had, this.level);
		const cameAt = performance.now();
		const place = await this.enter(account, signal);
		this.waited(performance.now() - cameAt);
		this.level = Math.max(this.level, account.had);
		account.had += PRESUMED_MS;
		account.homes.add(place);
		const begun = performance.now();
		try {
			return await work(place);
		} finally {
			account.had += performance.now() - begun - PRESUMED_MS;
			this.leave(place);
		}
	}

	private enter(account: Account, signal: AbortSignal): Promise<Place> {
		signal.throwIfAborted();
		const place = this.free.findLast((each) => account.homes.has(each)) ?? this.free.at(-1);
		if (place !== undefined) {
			this.free.splice(this.free.indexOf(place), 1);
			return Promise.resolve(place);
		}
		return new Promise((resolve, reject) => {
			const giveUp = (): void => {
				this.waiting.splice(this.waiting.indexOf(entry), 1);
				reject(signal.reason);
			};
			const entry: Waiting<Place> = {
				account,
				enter: (given) => {
					signal.removeEventListener('abort', giveUp);
					resolve(given);
				},
			};
			signal.addEventListener('abort', giveUp, { once: true });
			this.waiting.push(entry);
		});
	}

	private leave(place: Place): void {
		let next: Waiting<Place> | undefined;
		let least = Infinity;
		for (const one of this.waiting) {
			const cost = costAt(place, one.account);
			if (cost >= least) continue;
			least = cost;
			next = one;
		}
		if (next === undefined) {
			this.free.push(place);
			return;
		}
		this.waiting.splice(this.waiting.indexOf(next), 1);
		next.enter(place);
	}
}

/** What a call has had, and what it would lose by moving to a place. */
function costAt(place: unknown, { had, homes }: Account): number {
	return homes.size === 0 || homes.has(place) ? had : had + MOVE_MS;
}
