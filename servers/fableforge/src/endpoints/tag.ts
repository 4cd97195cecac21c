import { Type } from 'typebox';
import type { Server } from '../http/plainServer.js';
import type { LanguageWork } from '../language/languageWork.js';
import { LANGUAGES } from '../tagging/morpheme.js';
import { millisecondsSince, ProcessingTime, REFUSALS } from './schemas.js';

/** `POST /tag`: the text with the part of speech of each morpheme, as markup. */
export function serveTag(server: Server, work: LanguageWork): void {
	const Language = Type.Enum([...LANGUAGES]);
	server.post(
		'/tag',
		{
			schema: {
				summary: 'Annotate a Korean, Japanese or Chinese text with parts of speech',
				description:
					'The tags are those of the analysers: Sejong as in ko-dic (Korean), IPADIC (Japanese), ' +
					'ICTCLAS as in jieba (Chinese).',
				body: Type.Object({ text: Type.String(), language: Language }),
				response: {
					...REFUSALS,
					200: Type.Object({
						tagged_text: Type.String({
							description: "<tagged lang='kor'><w pos='NNG'>…</w>…</tagged>, the text escaped",
						}),
						language: Language,
						tags: Type.Array(Type.String(), {
							description: 'The parts of speech that occur, in the order of their first place',
						}),
						processing_time_ms: ProcessingTime,
					}),
				},
			},
		},
		async ({ body: { text, language }, clientGone }) => {
			const begun = performance.now();
			const { markup, tags } = await work.tag(text, language, clientGone);
			return { tagged_text: markup, language, tags, processing_time_ms: millisecondsSince(begun) };
		},
	);
}
