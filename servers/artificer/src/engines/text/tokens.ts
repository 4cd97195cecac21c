import { GptEncoding } from 'gpt-tokenizer/GptEncoding';
import type { EncodingName } from 'gpt-tokenizer/mapping';
import { resolveEncodingAsync } from 'gpt-tokenizer/resolveEncodingAsync';
import { cutLongRuns } from './longRuns.js';
import { encodingFor } from './models.js';

/** Each holds a vocabulary of some 10 MB, so they are loaded when first needed and kept. */
const encoders = new Map<EncodingName, Promise<GptEncoding>>();

async function load(name: EncodingName): Promise<GptEncoding> {
	const ranks = await resolveEncodingAsync(name);
	return GptEncoding.getEncodingApi(name, () => ranks);
}

function encoder(name: EncodingName): Promise<GptEncoding> {
	let loading = encoders.get(name);
	if (loading === undefined) {
		loading = load(name);
		encoders.set(name, loading);
	}
	return loading;
}

/** Content is always text: what looks like a special token in it is no order to a model. */
const AS_TEXT = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

export interface TokenCounts {
	counts: number[];
	/** The model, with the encoding in its place where it is unknown. */
	model: string;
}

/** Counts the tokens of each text as the model does. A byte order mark is no text. */
export async function countTokens(input: { texts: string[]; model: string }): Promise<TokenCounts> {
	const { encoding, model } = encodingFor(input.model);
	const tokenizer = await encoder(encoding);
	const counts = input.texts.map((text) => {
		let count = 0;
		for (const part of cutLongRuns(text.replace(/^\uFEFF/, ''))) {
			count += tokenizer.countTokens(part, AS_TEXT);
		}
		return count;
	});
	return { counts, model };
}
