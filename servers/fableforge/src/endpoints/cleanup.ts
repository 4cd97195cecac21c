import { Type } from 'typebox';
import { clean } from '../cleanup/clean.js';
import type { Server } from '../http/plainServer.js';
import { MissingField } from '../http/problems.js';
import { millisecondsSince, ProcessingTime, REFUSALS } from './schemas.js';

const Text = Type.String({ description: 'The text to clean' });

// Fastify checks a request without a body as null. A union would say the same, and answer a wrong
// body with three complaints instead of one.
const Body = Type.Unsafe<{ text?: string } | null>({
	type: ['object', 'null'],
	properties: { text: Text },
});

/** `POST /cleanup`: one form for a text, and what had to be changed for it. */
export function serveCleanup(server: Server): void {
	server.post(
		'/cleanup',
		{
			schema: {
				summary: 'Normalise Unicode, widths, punctuation and white space',
				description: 'The text comes as query parameter, or as field of a JSON body.',
				querystring: Type.Object({ text: Type.Optional(Text) }),
				body: Body,
				response: {
					...REFUSALS,
					200: Type.Object({
						cleaned_text: Type.String(),
						changes: Type.Array(Type.String(), {
							description: 'A sentence for each kind of change that was made',
						}),
						processing_time_ms: ProcessingTime,
					}),
				},
			},
		},
		async ({ query, body }) => {
			const begun = performance.now();
			const text = query.text ?? body?.text;
			if (text === undefined) throw new MissingField('query', 'text');
			const cleaned = clean(text);
			return {
				cleaned_text: cleaned.text,
				changes: cleaned.changes,
				processing_time_ms: millisecondsSince(begun),
			};
		},
	);
}
