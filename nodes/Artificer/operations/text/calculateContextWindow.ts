import { numberOf, numberProperty, type NumberField } from '../numberField';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';

const most = 100_000_000;

const contextWindow: NumberField = {
	displayName: 'Context Window',
	name: 'contextWindow',
	default: 200_000,
	min: 1,
	max: most,
	description: 'How many tokens the model takes in all',
};

const outputTokens: NumberField = {
	displayName: 'Output Tokens',
	name: 'outputTokens',
	default: 4096,
	min: 0,
	max: most,
	description: "How many tokens are kept free for the model's answer",
};

const systemTokens: NumberField = {
	displayName: 'System Tokens',
	name: 'systemTokens',
	default: 2000,
	min: 0,
	max: most,
	description: 'How many tokens are kept free for the system prompt',
};

export const calculateContextWindow = rpcOperation('TextService', 'CalculateContextWindow', {
	resource: 'text',
	name: 'calculateContextWindow',
	displayName: 'Calculate Context Window',
	action: 'Calculate context window for text',
	description:
		"Divide a model's context window between its answer, the system prompt, recent messages and a summary",
	aliases: ['token budget', 'context length', 'history'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [
		numberProperty(contextWindow),
		numberProperty(outputTokens),
		numberProperty(systemTokens),
	],
	toMessage(item) {
		return {
			model_context_window: numberOf(item, contextWindow),
			output_tokens: numberOf(item, outputTokens),
			system_tokens: numberOf(item, systemTokens),
		};
	},
	fromResponse(response) {
		return { json: { ...response } };
	},
});
