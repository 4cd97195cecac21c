import { type Environment, SettingError, text, whole } from '../environment.js';

/** What a model costs, in USD a million tokens. */
export interface TokenPrice {
	input: number;
	output: number;
}

/** The OpenAI-compatible model that reads the text in pictures. */
export interface VisionSettings {
	/**
	 * `OPENAI_API_KEY`: turns reading by a model on, and so sends pictures and scanned pages to it; a
	 * local model that needs no key takes any. Default none: Tesseract reads them, on this machine.
	 */
	apiKey: string;
	/** `OPENAI_BASE_URL`: where the API is, its version included. Default OpenAI's own. */
	baseUrl: string;
	/** `OCR_MODEL`: the model's name at the API; it has to take pictures. Default gpt-4o-mini. */
	model: string;
	/**
	 * `OCR_MODEL_TIMEOUT_MS`: how long the model may take for a picture, a second try included, before
	 * Tesseract reads it, 100 to 3,600,000. Default 30000.
	 */
	timeoutMs: number;
	/**
	 * `OCR_MODEL_USD_PER_MILLION_TOKENS`: its price as input/output. Default 0.15/0.60 for
	 * gpt-4o-mini, which is what OpenAI asks for it; without one for other models: their cost is told as 0.
	 */
	price: TokenPrice | undefined;
}

const OPENAI_URL = 'https://api.openai.com/v1';
const DEFAULT_MODEL = 'gpt-4o-mini';
const DEFAULT_PRICE: TokenPrice = { input: 0.15, output: 0.6 };

/** Reads the settings of the model; undefined where no key is set. */
export function readVisionSettings(env: Environment): VisionSettings | undefined {
	const apiKey = text(env, 'OPENAI_API_KEY');
	if (apiKey === undefined) return undefined;
	const model = text(env, 'OCR_MODEL') ?? DEFAULT_MODEL;
	return {
		apiKey,
		baseUrl: checkUrl(text(env, 'OPENAI_BASE_URL') ?? OPENAI_URL),
		model,
		timeoutMs: whole(env, 'OCR_MODEL_TIMEOUT_MS', [100, 3_600_000], 30_000),
		price:
			readPrice(text(env, 'OCR_MODEL_USD_PER_MILLION_TOKENS')) ??
			(model === DEFAULT_MODEL ? DEFAULT_PRICE : undefined),
	};
}

function checkUrl(url: string): string {
	const { protocol } = URL.parse(url) ?? {};
	if (protocol === 'http:' || protocol === 'https:') return url;
	// The value is not repeated: an address may hold a password.
	throw new SettingError(
		'OPENAI_BASE_URL is no http or https address. Set one such as http://127.0.0.1:11434/v1, ' +
			'or unset it for OpenAI’s own.',
	);
}

function readPrice(value: string | undefined): TokenPrice | undefined {
	if (value === undefined) return undefined;
	const [, input, output] = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(value) ?? [];
	if (input === undefined || output === undefined) {
		throw new SettingError(
			`OCR_MODEL_USD_PER_MILLION_TOKENS is "${value}", but has to be the price of input and output, ` +
				'as 0.15/0.60.',
		);
	}
	return { input: Number(input), output: Number(output) };
}
