/** A refinement that can be selected; what else a client sends with it is handed back with it. */
export interface Candidate {
	refined_text: string;
	specialist?: string;
	/** 0 to 1; a candidate without it counts as 0. */
	confidence?: number;
}

/** The candidate that a strategy picked, and why. */
export interface Selection<Picked extends Candidate> {
	/** The place of the picked one among the candidates, from 0. */
	index: number;
	picked: Picked;
	/** One score a candidate, in their order, by which the strategy picked; the highest won. */
	scores: number[];
}

/** Picks the highest score; the confidence decides between equals, then who came first. */
export function pickHighest<Picked extends Candidate>(
	candidates: readonly Picked[],
	scores: number[],
): Selection<Picked> {
	const ranked = candidates
		.map((picked, index) => ({ index, picked, score: scores[index] ?? 0 }))
		.sort(
			(one, other) =>
				other.score - one.score ||
				(other.picked.confidence ?? 0) - (one.picked.confidence ?? 0) ||
				one.index - other.index,
		);
	const [winner] = ranked;
	if (!winner) throw new RangeError('There is nothing to pick from.');
	return { index: winner.index, picked: winner.picked, scores };
}
