import OpenAI from 'openai';
import { SpecialistFailure, type RefineTask, type Refinement } from '../refinement.js';
import { ModelAnswer, readAnswer } from './answer.js';
import type { ModelSettings } from './modelSettings.js';
import { documentPrompt, systemPrompt } from './prompts.js';

/** Specialists that translate and refine with an OpenAI-compatible model. */
export class ModelSpecialists {
	private readonly client: OpenAI;

	constructor(private readonly settings: ModelSettings) {
		this.client = new OpenAI({
			baseURL: settings.baseUrl,
			// The library insists on a key; local models ignore it.
			apiKey: settings.apiKey ?? 'none',
			// Named, so that the library doesn't take them from OPENAI_… variables.
			organization: null,
			project: null,
			timeout: settings.timeoutMs,
			// Whoever asked tries again, and knows how often: a second layer would multiply the tries.
			maxRetries: 0,
			// Its log holds requests, and with them texts.
			logLevel: 'off',
		});
	}

	/** Asks the model once; a client that leaves ends the call. */
	async refine(task: RefineTask, signal: AbortSignal): Promise<Refinement> {
		const completion = await this.ask(task, signal);
		const [choice] = completion.choices ?? [];
		const fail = (what: string): never => {
			throw new SpecialistFailure(`Specialist ${task.specialist}: the model ${what}.`);
		};
		if (!choice) return fail('answered nothing');
		if (choice.message?.refusal) return fail('refused to work on this text');
		if (choice.finish_reason === 'content_filter') return fail('was stopped by its content filter');
		if (choice.finish_reason === 'length') {
			return fail('was cut off at its length limit: send a shorter text');
		}
		const answer = readAnswer(choice.message?.content ?? '');
		if (typeof answer === 'string') return fail(answer);
		const tokens = {
			input: completion.usage?.prompt_tokens ?? 0,
			output: completion.usage?.completion_tokens ?? 0,
		};
		return {
			...answer,
			engine: 'model',
			model: completion.model,
			...(completion.usage && { tokens, cost_usd: this.costOf(tokens) }),
		};
	}

	private async ask(task: RefineTask, signal: AbortSignal) {
		try {
			return await this.client.chat.completions.create(
				{
					model: this.settings.model,
					messages: [
						{ role: 'system', content: systemPrompt(task) },
						{ role: 'user', content: documentPrompt(task) },
					],
					response_format: {
						type: 'json_schema',
						json_schema: { name: 'refinement', strict: true, schema: { ...ModelAnswer } },
					},
				},
				{ signal },
			);
		} catch (problem) {
			if (signal.aborted) throw problem;
			throw new SpecialistFailure(`Specialist ${task.specialist}: ${this.explain(problem)}.`);
		}
	}

	/** The library's own messages are left out: they may repeat a key or a text. */
	private explain(problem: unknown): string {
		if (problem instanceof OpenAI.APIConnectionTimeoutError) {
			return `the model did not answer within ${this.settings.timeoutMs} ms`;
		}
		if (problem instanceof OpenAI.APIConnectionError) return 'the model could not be reached';
		if (problem instanceof OpenAI.AuthenticationError) {
			return 'the model did not accept the key in FABLEFORGE_LLM_API_KEY';
		}
		if (problem instanceof OpenAI.APIError && problem.status !== undefined) {
			return `the model answered with status ${problem.status}`;
		}
		return 'the model answered something that can’t be read';
	}

	private costOf(tokens: { input: number; output: number }): number | undefined {
		const { price } = this.settings;
		if (!price) return undefined;
		return (tokens.input * price.input + tokens.output * price.output) / 1_000_000;
	}
}
