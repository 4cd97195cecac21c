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
 * A Markdown table of medians and spreads, each with its ratio to one of them.
 *
 * @param {Record<string, number[]>} times in ms
 * @param {string} standard the contestant that the others are compared to
 */
export function table(times, standard) {
	const base = median(times[standard] ?? []);
	const rows = Object.entries(times).map(([name, values]) => {
		const spread = `${seconds(Math.min(...values))} to ${seconds(Math.max(...values))}`;
		return `| ${name} | ${seconds(median(values))} | ${spread} | ${(median(values) / base).toFixed(2)} |`;
	});
	return ['| | median, s | spread, s | ratio |', '|---|---|---|---|', ...rows].join('\n');
}

/** @param {number} ms */
function seconds(ms) {
	return (ms / 1000).toFixed(2);
}
