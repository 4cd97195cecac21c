import { Type } from '@fastify/type-provider-typebox';
import { UnusableRequest } from '../http/problems.js';
import type { Server } from '../http/server.js';
import { select, STRATEGIES } from '../selection/strategies.js';
import { millisecondsSince, ProcessingTime } from './schemas.js';

/** `POST /select`: the best of several refinements of the same text. */
export function serveSelect(server: Server): void {
	const Strategy = Type.Enum([...STRATEGIES], { default: 'ensemble' });
	const Candidate = Type.Object(
		{
			refined_text: Type.String(),
			specialist: Type.Optional(Type.String()),
			confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
		},
		{ additionalProperties: true },
	);
	server.post(
		'/select',
		{
			schema: {
				summary: 'The best of several refinements of the same text',
				body: Type.Object({
					candidates: Type.Array(Candidate),
					strategy: Type.Optional(Strategy),
				}),
				response: {
					200: Type.Object({
						selected: Type.Intersect([
							Candidate,
							Type.Object({ method: Type.String(), scores: Type.Array(Type.Number()) }),
						]),
						strategy: Strategy,
						candidates_count: Type.Integer(),
						processing_time_ms: ProcessingTime,
					}),
				},
			},
		},
		async ({ body: { candidates, strategy = 'ensemble' } }) => {
			const begun = performance.now();
			if (candidates.length === 0) {
				throw new UnusableRequest('No candidates were given: send at least one to select from.');
			}
			const { picked, scores } = select(candidates, strategy);
			return {
				selected: { ...picked, method: strategy, scores },
				strategy,
				candidates_count: candidates.length,
				processing_time_ms: millisecondsSince(begun),
			};
		},
	);
}
