import { Type } from '@fastify/type-provider-typebox';
import type { Server } from '../http/server.js';
import { escapeMarkup, wrapTagged } from '../tagging/markup.js';
import { scriptsIn } from '../tagging/scripts.js';
import { millisecondsSince, ProcessingTime } from './schemas.js';

/** `POST /tag`: the text as markup, and what occurs in it. */
export function serveTag(server: Server): void {
	const Language = Type.Enum(['kor', 'jpn', 'chi']);
	server.post(
		'/tag',
		{
			schema: {
				summary: 'Annotate a Korean, Japanese or Chinese text',
				body: Type.Object({ text: Type.String(), language: Language }),
				response: {
					200: Type.Object({
						tagged_text: Type.String(),
						language: Language,
						tags: Type.Array(Type.String()),
						processing_time_ms: ProcessingTime,
					}),
				},
			},
		},
		async ({ body: { text, language } }) => {
			const begun = performance.now();
			return {
				tagged_text: wrapTagged(language, escapeMarkup(text)),
				language,
				tags: scriptsIn(text),
				processing_time_ms: millisecondsSince(begun),
			};
		},
	);
}
