import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Specialist } from '../specialists.js';

/** How many different requests are remembered: a digest and a number each, under 2 MB in all. */
const REMEMBERED_REQUESTS = 10_000;

/**
 * Counts the tries of clients that don't number them by `x-attempt`: the same text sent to the
 * same specialist again is its next try. Bounded: the requests unseen for longest are forgotten,
 * and begin again at 1.
 */
export class AttemptCounter {
	private readonly seen = new LRUCache<string, number>({ max: REMEMBERED_REQUESTS });

	/** The number of this try, from 1. */
	next(specialist: Specialist, text: string): number {
		const key = createHash('sha256')
			.update(JSON.stringify([specialist, text]))
			.digest('base64');
		const attempt = (this.seen.get(key) ?? 0) + 1;
		this.seen.set(key, attempt);
		return attempt;
	}
}
