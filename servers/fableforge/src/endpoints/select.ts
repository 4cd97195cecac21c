import { Type } from 'typebox';
import { UnusableRequest } from '../http/problems.js';
import type { Server } from '../http/plainServer.js';
import type { LanguageWork } from '../language/languageWork.js';
import { pickHighest } from '../selection/candidate.js';
import { score, STRATEGIES } from '../selection/strategies.js';
import { Detail, millisecondsSince, ProcessingTime, REFUSALS } from './schemas.js';

/** Each candidate is compared with every other: 64 are 4,032 comparisons. */
const MOST_CANDIDATES = 64;

const Strategy = Type.Enum([...STRATEGIES], { default: 'ensemble' });

const CANDIDATE = {
	refined_text: Type.String(),
	specialist: Type.Optional(Type.String()),
	confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
};

const Selected = Type.Object(
	{
		...CANDIDATE,
		method: Strategy,
		scores: Type.Array(Type.Number(), {
			description:
				'One a candidate, in their order: agreement with the others (ensemble, 0 to 100), equal ' +
				'texts (vote) or confidence (quality_score, 0 to 1)',
		}),
	},
	{ additionalProperties: true },
);

/** `POST /select`: the best of several refinements of the same text. */
export function serveSelect(server: Server, work: LanguageWork): void {
	server.post(
		'/select',
		{
			schema: {
				summary: 'The best of several refinements of the same text',
				body: Type.Object({
					candidates: Type.Array(Type.Object(CANDIDATE, { additionalProperties: true }), {
						maxItems: MOST_CANDIDATES,
					}),
					strategy: Type.Optional(Strategy),
				}),
				response: {
					...REFUSALS,
					200: Type.Object({
						selected: Selected,
						strategy: Strategy,
						candidates_count: Type.Integer(),
						processing_time_ms: ProcessingTime,
					}),
					400: Detail,
				},
			},
		},
		async ({ body: { candidates, strategy = 'ensemble' }, clientGone }) => {
			const begun = performance.now();
			if (candidates.length === 0) {
				throw new UnusableRequest('No candidates were given: send at least one to select from.');
			}
			const scores = await score(candidates, strategy, (texts) =>
				work.agreement(texts, clientGone),
			);
			return {
				selected: { ...pickHighest(candidates, scores), method: strategy, scores },
				strategy,
				candidates_count: candidates.length,
				processing_time_ms: millisecondsSince(begun),
			};
		},
	);
}
