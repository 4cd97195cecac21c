import { pickHighest, type Candidate, type Selection } from './candidate.js';
import { chrf } from './chrf.js';

/** The ways to select, by their names on the wire. */
export const STRATEGIES = ['ensemble', 'vote', 'quality_score'] as const;

/** One way to select. */
export type Strategy = (typeof STRATEGIES)[number];

/** Selects one of the candidates; there has to be one. */
export function select<Picked extends Candidate>(
	candidates: readonly Picked[],
	strategy: Strategy,
): Selection<Picked> {
	return pickHighest(candidates, SCORERS[strategy](candidates));
}

const SCORERS: Record<Strategy, (candidates: readonly Candidate[]) => number[]> = {
	ensemble: agreement,
	vote: votes,
	quality_score: (candidates) => candidates.map(({ confidence }) => confidence ?? 0),
};

/**
 * How much each candidate agrees with all the others, 0 to 100: the mean of its chrF against each
 * of them. The highest is the one with the least expected loss (minimum Bayes risk), as the
 * candidates stand for what the text could become.
 */
function agreement(candidates: readonly Candidate[]): number[] {
	return candidates.map((candidate, index) => {
		const others = candidates.filter((_, place) => place !== index);
		// A candidate alone agrees with all there is.
		if (others.length === 0) return 100;
		const sum = others.reduce(
			(total, other) => total + chrf(candidate.refined_text, other.refined_text),
			0,
		);
		return sum / others.length;
	});
}

/** How many candidates have the same text as each, itself included, after normalisation. */
function votes(candidates: readonly Candidate[]): number[] {
	const texts = candidates.map(({ refined_text: text }) => normalise(text));
	return texts.map((text) => texts.filter((other) => other === text).length);
}

function normalise(text: string): string {
	return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
