// @ts-check

/**
 * Runs contestants in turn, several rounds, so that a slow moment of the machine hits all of them.
 *
 * @param {Record<string, () => Promise<unknown>>} contestants
 * @param {number} rounds
 * @returns {Promise<Record<string, number[]>>} times in ms, by contestant
 */
export async function inTurn(contestants, rounds) {
	/** @type {Record<string, number[]>} */
	const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [name, run] of Object.entries(contestants)) {
			const begun = performance.now();
			await run();
			times[name]?.push(performance.now() - begun);
		}
	}
	return times;
}

/** @param {number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const upper = sorted[Math.floor(middle)] ?? Number.NaN;
	return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/**
 * Medians and spreads, each with its ratio to one of them.
 *
 * @param {string} caption
 * @param {Record<string, number[]>} times in ms
 * @param {string} standard the contestant that the others are compared to
 * @param {'s' | 'ms'} [unit] ms for what takes less than a second
 * @returns {import('./findings.mjs').Table}
 */
export function timesTable(caption, times, standard, unit = 's') {
	const base = median(times[standard] ?? []);
	const told = unit === 's' ? seconds : milliseconds;
	const rows = Object.entries(times).map(([name, values]) => [
		name,
		told(median(values)),
		`${told(Math.min(...values))} to ${told(Math.max(...values))}`,
		(median(values) / base).toFixed(2),
	]);
	return { caption, columns: ['', `Median, ${unit}`, `Spread, ${unit}`, 'Ratio'], rows };
}

/** @param {number} ms */
export function seconds(ms) {
	return (ms / 1000).toFixed(2);
}

/** @param {number} ms */
function milliseconds(ms) {
	return ms.toFixed(1);
}
