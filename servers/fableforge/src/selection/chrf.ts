/** The longest runs of characters that are compared: 6, as in the paper on chrF and in sacreBLEU. */
const LONGEST_RUN = 6;

/** How much more recall counts than precision: 2 (chrF2), sacreBLEU's default. */
const BETA = 2;

/** How often each run of characters occurs in a text; one record a length, from 1 character. */
export type RunCounts = readonly { counts: ReadonlyMap<string, number>; total: number }[];

/** Counts the runs of 1 to 6 characters of a text, white space left out. */
export function countRuns(text: string): RunCounts {
	const characters = [...text.replace(/\s/g, '')];
	return Array.from({ length: LONGEST_RUN }, (_, index) => {
		const length = index + 1;
		const counts = new Map<string, number>();
		const total = Math.max(0, characters.length - length + 1);
		for (let start = 0; start < total; start += 1) {
			const run = characters.slice(start, start + length).join('');
			counts.set(run, (counts.get(run) ?? 0) + 1);
		}
		return { counts, total };
	});
}

/**
 * chrF2 of one sentence, 0 to 100: what runs of characters hypothesis and reference have in common.
 * As sacreBLEU computes it by default: the F-score of precision and recall, each averaged over the
 * lengths of which both texts have a run at all («effective order»), without smoothing.
 */
export function chrf(hypothesis: RunCounts, reference: RunCounts): number {
	let precision = 0;
	let recall = 0;
	let lengths = 0;
	hypothesis.forEach((ofHypothesis, index) => {
		const ofReference = reference[index];
		if (!ofReference || ofHypothesis.total === 0 || ofReference.total === 0) return;
		const common = countCommon(ofHypothesis.counts, ofReference.counts);
		precision += common / ofHypothesis.total;
		recall += common / ofReference.total;
		lengths += 1;
	});
	if (precision + recall === 0) return 0;
	const weight = BETA ** 2;
	const [p, r] = [precision / lengths, recall / lengths];
	return (100 * (1 + weight) * p * r) / (weight * p + r);
}

function countCommon(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
	let common = 0;
	for (const [run, count] of one) common += Math.min(count, other.get(run) ?? 0);
	return common;
}
