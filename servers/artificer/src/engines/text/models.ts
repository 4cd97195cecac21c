import { DEFAULT_ENCODING, type EncodingName, modelToEncodingMap } from 'gpt-tokenizer/mapping';
import * as models from 'gpt-tokenizer/models';

export interface ModelEncoding {
	encoding: EncodingName;
	/** What is answered as the model: for an unknown one, with the encoding used in its place. */
	model: string;
}

/** The model where none was named, by the contract. */
const DEFAULT_MODEL = 'gpt-4';
/** The encoding of OpenAI's newer models, for models that nobody knows. */
const FALLBACK: EncodingName = DEFAULT_ENCODING;

const KNOWN: Readonly<Record<string, EncodingName>> = modelToEncodingMap;

/** The library lists models of its default encoding by name only. */
function knownEncoding(name: string): EncodingName | undefined {
	if (Object.hasOwn(KNOWN, name)) return KNOWN[name];
	return Object.hasOwn(models, name) ? DEFAULT_ENCODING : undefined;
}

/** The encoding of a model, of a dated version of it, or of a fine-tuned one (`ft:model:…`). */
export function encodingFor(asked: string): ModelEncoding {
	const model = asked.trim() === '' ? DEFAULT_MODEL : asked.trim();
	const base = model.startsWith('ft:') ? (model.split(':')[1] ?? '') : model;
	for (let name = base; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('-')))) {
		const encoding = knownEncoding(name);
		if (encoding !== undefined) return { encoding, model };
	}
	return { encoding: FALLBACK, model: `${model.slice(0, 200)} (unknown; ${FALLBACK})` };
}
