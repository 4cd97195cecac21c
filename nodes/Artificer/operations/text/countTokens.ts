import { artificerRetryWaits, rpcOperation, textTimeoutSeconds } from '../rpcOperation';

export const countTokens = rpcOperation('TextService', 'CountTokens', {
	resource: 'text',
	name: 'countTokens',
	displayName: 'Count Tokens',
	action: 'Count tokens of text',
	description: 'Count how many tokens a text is for a language model',
	aliases: ['token', 'tokenize', 'gpt', 'context length'],
	idempotent: true,
	timeoutSeconds: textTimeoutSeconds,
	retryWaits: artificerRetryWaits,
	fields: [
		{
			displayName: 'Text',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '={{ $json.text }}',
			description: 'The text to count',
		},
		{
			displayName: 'Model',
			name: 'model',
			type: 'string',
			default: 'gpt-4',
			placeholder: 'e.g. gpt-4o',
			description: 'The language model whose way of counting is used',
		},
	],
	toRequest(item) {
		return {
			content: item.text('content', 'Text'),
			model: item.fieldOr('model', '') || 'gpt-4',
		};
	},
	fromResponse(response) {
		return { json: { ...response } };
	},
});
