import { chrf, countRuns } from './chrf.js';

/**
 * How much each text agrees with all the others, 0 to 100: the mean of its chrF against each of
 * them. The highest has the least expected loss (minimum Bayes risk) as long as the candidates stand
 * for what the text could become. A text alone agrees with all there is.
 */
export function agreement(texts: readonly string[]): number[] {
	if (texts.length === 1) return [100];
	const counted = texts.map(countRuns);
	return counted.map((hypothesis) => {
		const sum = counted.reduce(
			(total, reference) =>
				reference === hypothesis ? total : total + chrf(hypothesis, reference),
			0,
		);
		return sum / (counted.length - 1);
	});
}
