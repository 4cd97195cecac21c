import OpenAI from 'openai';
import type { Reading } from '../engines/ocr/reading.js';
import { tidyReading } from '../engines/ocr/reading.js';
import { ANSWER_SCHEMA, readAnswer } from './answer.js';
import { systemPrompt } from './prompt.js';
import type { VisionSettings } from './visionSettings.js';

/** What a call to the model used, whether its answer was of use or not. */
export interface ModelUsage {
	/** Input and output together, as the model's server counted them; 0 where it told none. */
	tokens: number;
	/** USD; 0 without a price or without tokens. */
	costUsd: number;
}

/** A reading, or, as the rest of a sentence about the model, why there is none. */
export type VisionOutcome = { usage: ModelUsage } & ({ reading: Reading } | { why: string });

/**
 * Most tokens of an answer, which bounds time and cost: gpt-4o-mini's own limit. A page full of
 * Korean takes some 3,000.
 */
const MOST_ANSWER_TOKENS = 16_384;

/** One more try where the model is overrun or the connection breaks; the time limit holds for both. */
const MORE_TRIES = 1;

/** After so many failures in a row the model rests: each page of a document would wait for it again. */
const PATIENCE = 3;
/** How long it rests, in ms. */
const REST_MS = 60_000;

/** The largest number of the wire's int32. */
const MOST_TOKENS = 2_147_483_647;

const NOTHING_USED: ModelUsage = { tokens: 0, costUsd: 0 };

/** Reads pictures with an OpenAI-compatible model. */
export class VisionModel {
	private readonly client: OpenAI;
	private failuresInARow = 0;
	private restsUntil = 0;

	constructor(private readonly settings: VisionSettings) {
		const { apiKey, baseUrl, timeoutMs } = settings;
		this.client = new OpenAI({
			baseURL: baseUrl,
			apiKey,
			// Named, so that the library doesn't take them from other OPENAI_… variables.
			organization: null,
			project: null,
			timeout: timeoutMs,
			maxRetries: MORE_TRIES,
			// Its log holds requests, and with them pictures.
			logLevel: 'off',
		});
	}

	/** Whether it failed so often in a row that it is not asked for a while. */
	get isResting(): boolean {
		return performance.now() < this.restsUntil;
	}

	/** Reads a JPEG. Rejects only with the signal's reason. */
	async read(
		jpeg: Uint8Array,
		languages: readonly string[],
		signal: AbortSignal,
	): Promise<VisionOutcome> {
		const outcome = await this.ask(jpeg, languages, signal);
		signal.throwIfAborted();
		this.failuresInARow = 'why' in outcome ? this.failuresInARow + 1 : 0;
		if (this.failuresInARow >= PATIENCE) {
			this.failuresInARow = 0;
			this.restsUntil = performance.now() + REST_MS;
		}
		return outcome;
	}

	private async ask(
		jpeg: Uint8Array,
		languages: readonly string[],
		signal: AbortSignal,
	): Promise<VisionOutcome> {
		const limit = AbortSignal.timeout(this.settings.timeoutMs);
		try {
			const completion = await this.client.chat.completions.create(
				{
					model: this.settings.model,
					max_completion_tokens: MOST_ANSWER_TOKENS,
					messages: [
						{ role: 'system', content: systemPrompt(languages) },
						{ role: 'user', content: [{ type: 'image_url', image_url: dataUrl(jpeg) }] },
					],
					response_format: {
						type: 'json_schema',
						json_schema: { name: 'transcription', strict: true, schema: ANSWER_SCHEMA },
					},
				},
				{ signal: AbortSignal.any([signal, limit]) },
			);
			return this.outcomeOf(completion);
		} catch (error) {
			return { why: this.explain(error, limit), usage: NOTHING_USED };
		}
	}

	private outcomeOf({ choices, usage, model }: OpenAI.ChatCompletion): VisionOutcome {
		const used = this.usageOf(usage);
		// Compatible servers leave out what OpenAI's types promise.
		const choice = (choices as typeof choices | undefined)?.[0];
		const fail = (why: string): VisionOutcome => ({ why, usage: used });
		if (choice === undefined) return fail('answered nothing');
		if (choice.message?.refusal) return fail('refused to read the picture');
		if (choice.finish_reason === 'content_filter') return fail('was stopped by its content filter');
		if (choice.finish_reason === 'length') return fail('was cut off at its length limit');
		const answer = readAnswer(choice.message?.content ?? '');
		if (typeof answer === 'string') return fail(answer);
		const text = tidyReading(answer.text);
		const confidence = text === '' ? 0 : answer.confidence;
		const name = typeof model === 'string' && model !== '' ? model : this.settings.model;
		return { reading: { text, confidence, model: name.slice(0, 200) }, usage: used };
	}

	private usageOf(usage: OpenAI.CompletionUsage | undefined): ModelUsage {
		const input = countOf(usage?.prompt_tokens);
		const output = countOf(usage?.completion_tokens);
		const { price } = this.settings;
		const tokens = Math.min(input + output, MOST_TOKENS);
		if (price === undefined) return { tokens, costUsd: 0 };
		return { tokens, costUsd: (input * price.input + output * price.output) / 1_000_000 };
	}

	/** The library's own messages are left out: they may repeat a key or a text. */
	private explain(error: unknown, limit: AbortSignal): string {
		if (limit.aborted || error instanceof OpenAI.APIConnectionTimeoutError) {
			return `did not answer within ${this.settings.timeoutMs} ms`;
		}
		if (error instanceof OpenAI.APIConnectionError) return 'could not be reached';
		if (error instanceof OpenAI.AuthenticationError) return 'did not accept OPENAI_API_KEY';
		if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
			return `answered with status ${error.status}`;
		}
		return 'answered something that can not be read';
	}
}

/** A count as a model's server told it; what is no count is none. */
const countOf = (value: unknown): number =>
	Number.isSafeInteger(value) && Number(value) >= 0 ? Math.min(Number(value), MOST_TOKENS) : 0;

function dataUrl(jpeg: Uint8Array): { url: string; detail: 'high' } {
	const base64 = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length).toString('base64');
	return { url: `data:image/jpeg;base64,${base64}`, detail: 'high' };
}
