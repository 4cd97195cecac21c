/** The longest runs of characters that are compared: 6, as in the paper on chrF and in sacreBLEU. */
const LONGEST_RUN = 6;

/** How much more recall counts than precision: 2 (chrF2), as in sacreBLEU. */
const BETA = 2;

/**
 * chrF2 of one sentence, 0 to 100: how many runs of 1 to 6 characters hypothesis and reference have
 * in common, white space left out. Computed as sacreBLEU's sentence-level chrF without word n-grams
 * and without the smoothing epsilon: the F-score of precision and recall, each averaged over the
 * lengths for which both texts have a run at all.
 */
export function chrf(hypothesis: string, reference: string): number {
	const hypothesisCharacters = [...hypothesis.replace(/\s/g, '')];
	const referenceCharacters = [...reference.replace(/\s/g, '')];
	let precision = 0;
	let recall = 0;
	let lengths = 0;
	for (let length = 1; length <= LONGEST_RUN; length += 1) {
		const ofHypothesis = countRuns(hypothesisCharacters, length);
		const ofReference = countRuns(referenceCharacters, length);
		if (ofHypothesis.total === 0 || ofReference.total === 0) continue;
		const common = countCommon(ofHypothesis.counts, ofReference.counts);
		precision += common / ofHypothesis.total;
		recall += common / ofReference.total;
		lengths += 1;
	}
	if (precision + recall === 0) return 0;
	const weight = BETA * BETA;
	const [p, r] = [precision / lengths, recall / lengths];
	return (100 * (1 + weight) * p * r) / (weight * p + r);
}

interface Runs {
	counts: Map<string, number>;
	total: number;
}

function countRuns(characters: readonly string[], length: number): Runs {
	const counts = new Map<string, number>();
	const total = Math.max(0, characters.length - length + 1);
	for (let start = 0; start < total; start += 1) {
		const run = characters.slice(start, start + length).join('');
		counts.set(run, (counts.get(run) ?? 0) + 1);
	}
	return { counts, total };
}

function countCommon(one: Map<string, number>, other: Map<string, number>): number {
	let common = 0;
	for (const [run, count] of one) common += Math.min(count, other.get(run) ?? 0);
	return common;
}
