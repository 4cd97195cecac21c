// @ts-check

/**
 * Whether a person sits at the other end: only then is a line drawn over again, and only then does
 * the sandbox stay up after its demonstration.
 */
export const interactive = Boolean(process.stdin.isTTY && process.stdout.isTTY);

/**
 * A duration for people: «340 ms», «4.2 s», «3 min 20 s».
 *
 * @param {number} ms
 * @returns {string}
 */
export function duration(ms) {
	if (ms < 1_000) return `${Math.round(ms)} ms`;
	if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1_000);
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * A number of bytes for people, in units of 10^6 and 10^9.
 *
 * @param {number} bytes
 * @returns {string}
 */
export function size(bytes) {
	return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
