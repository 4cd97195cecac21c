import { SettingsProblem, type Environment } from '../settings/environment.js';

/** The OpenAI-compatible model that the specialists work with. */
export interface ModelSettings {
	/** `FABLEFORGE_LLM_BASE_URL`: where the API is, its version included. Default OpenAI's own. */
	baseUrl: string;
	/** `FABLEFORGE_LLM_API_KEY`: what the API asks for. Unset: a local model that asks for nothing. */
	apiKey: string | undefined;
	/** `FABLEFORGE_LLM_MODEL`: the model's name at the API; needed when one of the two above is set. */
	model: string;
	/**
	 * `FABLEFORGE_LLM_TIMEOUT_MS`: how long one answer may take, 100 to 3,600,000 ms. Default 55,000:
	 * a little less than the 60 s that the contract gives a refinement, so that its caller is told.
	 */
	timeoutMs: number;
	/** `FABLEFORGE_LLM_USD_PER_MILLION_TOKENS`: the price, as input/output. Unset: no cost is told. */
	price: TokenPrice | undefined;
}

/** What a model costs, in USD a million tokens. */
export interface TokenPrice {
	input: number;
	output: number;
}

const OPENAI_URL = 'https://api.openai.com/v1';

/** Reads the settings of the model; undefined where neither an address nor a key is set. */
export function readModelSettings(environment: Environment): ModelSettings | undefined {
	const baseUrl = environment.text('FABLEFORGE_LLM_BASE_URL');
	const apiKey = environment.text('FABLEFORGE_LLM_API_KEY');
	const model = environment.text('FABLEFORGE_LLM_MODEL');
	if (baseUrl === undefined && apiKey === undefined) {
		if (model === undefined) return undefined;
		throw new SettingsProblem(
			`FABLEFORGE_LLM_MODEL is "${model}" and nothing says where it is: set ` +
				'FABLEFORGE_LLM_BASE_URL, or FABLEFORGE_LLM_API_KEY for OpenAI itself.',
		);
	}
	if (model === undefined) {
		throw new SettingsProblem(
			'FABLEFORGE_LLM_MODEL is not set: give the name of the model to use.',
		);
	}
	return {
		baseUrl: checkUrl(baseUrl ?? OPENAI_URL),
		apiKey,
		model,
		timeoutMs: environment.number('FABLEFORGE_LLM_TIMEOUT_MS', 55_000, {
			lowest: 100,
			highest: 3_600_000,
			whole: true,
		}),
		price: readPrice(environment.text('FABLEFORGE_LLM_USD_PER_MILLION_TOKENS')),
	};
}

function checkUrl(url: string): string {
	const { protocol } = URL.parse(url) ?? {};
	if (protocol === 'http:' || protocol === 'https:') return url;
	// The value is not repeated: an address may hold a password.
	throw new SettingsProblem(
		'FABLEFORGE_LLM_BASE_URL is no http or https address: give one such as ' +
			'http://127.0.0.1:11434/v1.',
	);
}

function readPrice(value: string | undefined): TokenPrice | undefined {
	if (value === undefined) return undefined;
	const [, input, output] = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(value) ?? [];
	if (input === undefined || output === undefined) {
		throw new SettingsProblem(
			`FABLEFORGE_LLM_USD_PER_MILLION_TOKENS is "${value}": give the price of input and output, ` +
				'as 0.15/0.60.',
		);
	}
	return { input: Number(input), output: Number(output) };
}
