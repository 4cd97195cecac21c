import { numberOf, numberProperty, type NumberField } from '../numberField';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { conversationFields, conversationOf, conversationOptions } from './conversation';

const limit: NumberField = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	default: 4096,
	min: 1,
	max: 100_000_000,
	description: 'How many tokens there is room for',
};

export const estimateMessageFit = rpcOperation('TextService', 'EstimateMessageFit', {
	resource: 'text',
	name: 'estimateMessageFit',
	displayName: 'Estimate Message Fit',
	action: 'Estimate fit of text messages',
	description: 'Tell how many of the newest messages of a conversation fit into a number of tokens',
	aliases: ['trim history', 'context window', 'messages', 'token limit'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [...conversationFields, numberProperty(limit)],
	options: conversationOptions,
	toMessage(item) {
		return { ...conversationOf(item), max_tokens: numberOf(item, limit) };
	},
	fromResponse(response) {
		return { json: { ...response } };
	},
});
