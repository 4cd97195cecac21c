import type { Candidate } from './candidate.js';

/** The ways to select, by their names on the wire. */
export const STRATEGIES = ['ensemble', 'vote', 'quality_score'] as const;

/** One way to select. */
export type Strategy = (typeof STRATEGIES)[number];

/** How much each text agrees with all the others, 0 to 100. */
export type Agreement = (texts: string[]) => Promise<number[]>;

/**
 * One score a candidate, in their order; the strategy's choice has the highest.
 *
 * - `ensemble`: how much it agrees with all the others (chrF, 0 to 100);
 * - `vote`: how many candidates have the same text, white space, width and case apart;
 * - `quality_score`: its confidence, 0 to 1.
 */
export async function score(
	candidates: readonly Candidate[],
	strategy: Strategy,
	agreement: Agreement,
): Promise<number[]> {
	switch (strategy) {
		case 'ensemble':
			return await agreement(candidates.map(({ refined_text: text }) => text));
		case 'vote':
			return countVotes(candidates.map(({ refined_text: text }) => text));
		case 'quality_score':
			return candidates.map(({ confidence }) => confidence ?? 0);
	}
}

function countVotes(texts: readonly string[]): number[] {
	const normalised = texts.map((text) =>
		text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim(),
	);
	return normalised.map((text) => normalised.filter((other) => other === text).length);
}
