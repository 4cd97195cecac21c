interface Waiting {
	enter: () => void;
}

/**
 * Lets a given number of pieces of work compute at once, first come first served. Waiting costs no
 * time of the job's limit, which is why this stands before the thread pool's own queue.
 */
export class Slots {
	private readonly waiting: Waiting[] = [];

	constructor(private free: number) {}

	/** Runs the work when a slot is free; rejects with the signal's reason when aborted before. */
	async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
		await this.enter(signal);
		try {
			return await work();
		} finally {
			this.leave();
		}
	}

	private enter(signal: AbortSignal): Promise<void> {
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
		const next = this.waiting.shift();
		if (next === undefined) this.free += 1;
		else next.enter();
	}
}
