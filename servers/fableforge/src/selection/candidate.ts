/** A refinement that can be selected; what else a client sends with it is handed back with it. */
export interface Candidate {
	refined_text: string;
	specialist?: string;
	/** 0 to 1; a candidate without it counts as 0. */
	confidence?: number;
}

/** The candidate with the highest score; between equals the confidence decides, then who came first. */
export function pickHighest<Picked extends Candidate>(
	candidates: readonly Picked[],
	scores: readonly number[],
): Picked {
	const [winner] = candidates
		.map((picked, index) => ({ index, picked, score: scores[index] ?? 0 }))
		.sort(
			(one, other) =>
				other.score - one.score ||
				(other.picked.confidence ?? 0) - (one.picked.confidence ?? 0) ||
				one.index - other.index,
		);
	if (!winner) throw new RangeError('There is nothing to pick from.');
	return winner.picked;
}
