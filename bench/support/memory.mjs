// @ts-check
import { readFile } from 'node:fs/promises';

const megabyte = 1024 * 1024;

/** How often the memory of this process is looked at, in ms. */
const interval = 20;

/**
 * The most memory that this process held while it did some work, in MB.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<{ before: number, most: number }>}
 */
export async function memoryOf(work) {
	globalThis.gc?.();
	const before = process.memoryUsage.rss();
	let most = before;
	const look = () => {
		most = Math.max(most, process.memoryUsage.rss());
	};
	const looking = setInterval(look, interval);
	try {
		await work();
		look();
	} finally {
		clearInterval(looking);
	}
	return { before: before / megabyte, most: most / megabyte };
}

/**
 * What another process holds now and the most that it has held, in MB; from Linux's own account.
 *
 * @param {number} pid
 */
export async function memoryOfProcess(pid) {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const read = (/** @type {string} */ name) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
	return { now: read('VmRSS'), most: read('VmHWM') };
}
