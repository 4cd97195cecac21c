import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';

import { LRUCache } from 'lru-cache';

/** All answers kept by this process together, in bytes: the text of some thousand documents. */
const mostBytes = 64 * 1024 * 1024;

/** Answers by a digest of what was asked. Kept as bytes, so that nobody can change a kept answer. */
const answers = new LRUCache<string, Buffer>({
	maxSize: mostBytes,
	maxEntrySize: mostBytes / 4,
	sizeCalculation: (bytes) => Math.max(1, bytes.length),
});

/**
 * The key of a request: a digest of the service and credential that it goes to, what is called, and
 * every byte and parameter of it. Two files that begin alike have different keys.
 */
export function cacheKey(service: string, call: unknown, request: unknown): string {
	return createHash('sha256')
		.update(service)
		.update(serialize([call, request]))
		.digest('base64');
}

/** An answer that was kept, in an object so that `undefined` can be one. */
export function recall(key: string): { answer: unknown } | undefined {
	const bytes = answers.get(key);
	return bytes && { answer: deserialize(bytes) as unknown };
}

/** Keeps an answer for so many seconds; the ones unused for longest make room. */
export function remember(key: string, answer: unknown, seconds: number): void {
	answers.set(key, serialize(answer), { ttl: seconds * 1000 });
}
