import { Type } from 'typebox';
import type { Server } from '../http/plainServer.js';
import type { Specialists } from '../refinement.js';
import { AttemptCounter } from '../simulation/attempts.js';
import { SPECIALISTS } from '../specialists.js';
import { textInside } from '../tagging/markup.js';
import { Detail, millisecondsSince, ProcessingTime, REFUSALS } from './schemas.js';

// What Intl.DisplayNames takes: a language, then perhaps a script and a region.
const LANGUAGE_TAG = '^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$';

/** `POST /refine`: one specialist's version of a text. */
export function serveRefine(server: Server, specialists: Specialists): void {
	const attempts = new AttemptCounter();
	const Specialist = Type.Enum([...SPECIALISTS]);
	server.post(
		'/refine',
		{
			schema: {
				summary: "One specialist's version of a text",
				headers: Type.Object({
					'x-attempt': Type.Optional(
						Type.String({
							pattern: '^[1-9][0-9]{0,8}$',
							description:
								'Which try of this text by this specialist it is, from 1. Without it the server ' +
								'counts the same requests that it has seen.',
						}),
					),
				}),
				body: Type.Object({
					context: Type.Object(
						{
							text: Type.String(),
							language: Type.Optional(Type.String({ description: 'kor, jpn, chi, or another' })),
							target_language: Type.Optional(
								Type.String({
									pattern: LANGUAGE_TAG,
									maxLength: 35,
									description: 'What a model translates into, as BCP 47 tag; default "en"',
								}),
							),
							tagged_text: Type.Optional(
								Type.String({ description: 'What /tag made of the text, as a help for a model' }),
							),
						},
						{ additionalProperties: true },
					),
					specialist: Specialist,
				}),
				response: {
					...REFUSALS,
					500: Detail,
					200: Type.Object({
						refined_text: Type.String(),
						specialist: Specialist,
						confidence: Type.Number({ minimum: 0, maximum: 1 }),
						improvements: Type.Array(Type.String()),
						engine: Type.Enum(['simulated', 'model']),
						model: Type.Optional(Type.String()),
						tokens: Type.Optional(Type.Object({ input: Type.Integer(), output: Type.Integer() })),
						cost_usd: Type.Optional(Type.Number()),
						processing_time_ms: ProcessingTime,
					}),
				},
			},
		},
		async (request) => {
			const begun = performance.now();
			const { specialist, context } = request.body;
			const numbered = request.headers['x-attempt'];
			const counted = attempts.next(specialist, context.text);
			const untagged = textInside(context.text);
			const attempt = numbered === undefined ? counted : Number(numbered);
			Object.assign(request.account, { specialist, attempt });
			const refinement = await specialists.refine(
				{
					specialist,
					sent: context.text,
					text: untagged ?? context.text,
					taggedText: context.tagged_text ?? (untagged === undefined ? undefined : context.text),
					language: context.language,
					targetLanguage: context.target_language ?? 'en',
					attempt,
				},
				request.clientGone,
			);
			return { specialist, ...refinement, processing_time_ms: millisecondsSince(begun) };
		},
	);
}
