import type { Analyser, Piece } from './morpheme.js';

/** The dictionaries inside of lindera-wasm-nodejs-cjk that are used here. */
type Dictionary = 'ko-dic' | 'ipadic';

/** What lindera says of a token; which fields there are depends on the dictionary. */
interface Token {
	/** Where the token begins and ends, in bytes of the text's UTF-8. */
	byteStart: number;
	byteEnd: number;
	/** ko-dic's part of speech, such as NNG, or VCP+EF for what is fused. */
	partOfSpeechTag?: string;
	/** IPADIC's part of speech, such as 名詞, and what refines it, or `*`. */
	partOfSpeech?: string;
	partOfSpeechSubcategory1?: string;
}

/** Loads the analyser for Korean (ko-dic) or Japanese (IPADIC): some 0.7 s and 250 MB. */
export async function loadLindera(dictionary: Dictionary): Promise<Analyser> {
	const { TokenizerBuilder } = await import('lindera-wasm-nodejs-cjk');
	const builder = new TokenizerBuilder();
	builder.setDictionary(`embedded://${dictionary}`);
	builder.setMode('normal');
	const tokenizer = builder.build();
	return (text) => cutByTokens(text, tokenizer.tokenize(text) as Token[]);
}

/** Keeps what the tokenizer leaves out between two tokens, which is white space. */
function cutByTokens(text: string, tokens: readonly Token[]): Piece[] {
	const bytes = Buffer.from(text);
	const pieces: Piece[] = [];
	let end = 0;
	const keepUpTo = (start: number): void => {
		if (start > end) pieces.push({ surface: bytes.toString('utf8', end, start), tag: undefined });
	};
	for (const token of tokens) {
		keepUpTo(token.byteStart);
		end = token.byteEnd;
		pieces.push({ surface: bytes.toString('utf8', token.byteStart, end), tag: tagOf(token) });
	}
	keepUpTo(bytes.length);
	return pieces;
}

function tagOf({ partOfSpeechTag, partOfSpeech, partOfSpeechSubcategory1 }: Token): string {
	if (partOfSpeechTag !== undefined) return partOfSpeechTag;
	if (partOfSpeech === undefined) return 'UNK';
	const refined = partOfSpeechSubcategory1 ?? '*';
	return refined === '*' ? partOfSpeech : `${partOfSpeech}-${refined}`;
}
