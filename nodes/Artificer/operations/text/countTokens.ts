import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { modelField, modelOf } from './conversation';

export const countTokens = rpcOperation('TextService', 'CountTokens', {
	resource: 'text',
	name: 'countTokens',
	displayName: 'Count Tokens',
	action: 'Count tokens of text',
	description: 'Count how many tokens a text is for a language model',
	aliases: ['token', 'tokenize', 'gpt', 'context length'],
	timeoutSeconds: textTimeoutSeconds,
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
		modelField,
	],
	toMessage(item) {
		return { content: item.text('content', 'Text'), model: modelOf(item) };
	},
	fromResponse(response) {
		return { json: { ...response } };
	},
});
