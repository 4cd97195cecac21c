import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';

import { LRUCache } from 'lru-cache';

import { CacheFolder } from './cacheFolder';
import { cacheFolderSettings } from './environment';

/** All answers kept by this process together, in bytes: the text of some thousand documents. */
const mostBytes = 64 * 1024 * 1024;

/** Answers by a digest of what was asked. Kept as bytes, so that nobody can change a kept answer. */
const answers = new LRUCache<string, Buffer>({
	maxSize: mostBytes,
	maxEntrySize: mostBytes / 4,
	sizeCalculation: (bytes) => Math.max(1, bytes.length),
});

/** Told that the folder can't be used, and why; the calls go on without it. */
export type OnTrouble = (reason: string) => void;

/** The folder that processes share, where the environment names one. */
let folder: CacheFolder | undefined;
let environmentRead = false;
/** Trouble with the folder is told once, not for every call, until an answer could be kept again. */
let troubleTold = false;

/**
 * The key of a request: a digest of the service and credential that it goes to, what is called, and
 * every byte and parameter of it. Two files that begin alike have different keys, and nothing of
 * what was asked can be read from one.
 */
export function cacheKey(service: string, call: unknown, request: unknown): string {
	return createHash('sha256')
		.update(service)
		.update(serialize([call, request]))
		.digest('hex');
}

/** An answer that was kept, in an object so that `undefined` can be one. */
export async function recall(
	key: string,
	onTrouble: OnTrouble,
): Promise<{ answer: unknown } | undefined> {
	const bytes =
		answers.get(key) ?? (await inFolder(async (shared) => await shared.read(key), onTrouble));
	if (!bytes) return undefined;
	try {
		return { answer: deserialize(bytes) as unknown };
	} catch {
		// A worker with a newer Node writes what an older one can't read.
		return undefined;
	}
}

/** Keeps an answer for so many seconds; where there is no more room, others are let go. */
export async function remember(
	key: string,
	answer: unknown,
	seconds: number,
	onTrouble: OnTrouble,
): Promise<void> {
	const bytes = serialize(answer);
	answers.set(key, bytes, { ttl: seconds * 1000 });
	await inFolder(async (shared) => {
		await shared.write(key, bytes, seconds);
		troubleTold = false;
	}, onTrouble);
}

/** A cache that can't be used is no reason for a call to fail. */
async function inFolder<Value>(
	use: (shared: CacheFolder) => Promise<Value>,
	onTrouble: OnTrouble,
): Promise<Value | undefined> {
	try {
		const shared = sharedFolder();
		return shared && (await use(shared));
	} catch (thrown) {
		if (!troubleTold) onTrouble(thrown instanceof Error ? thrown.message : String(thrown));
		troubleTold = true;
		return undefined;
	}
}

function sharedFolder(): CacheFolder | undefined {
	if (!environmentRead) {
		environmentRead = true;
		const settings = cacheFolderSettings(process.env);
		if (settings) folder = new CacheFolder(settings.folder, settings.mostBytes);
	}
	return folder;
}
