import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { conversationFields, conversationOf, conversationOptions } from './conversation';

export const countConversationTokens = rpcOperation('TextService', 'CountConversationTokens', {
	resource: 'text',
	name: 'countConversationTokens',
	displayName: 'Count Conversation Tokens',
	action: 'Count text tokens of conversation',
	description: 'Count how many tokens a conversation is for a language model, message by message',
	aliases: ['chat tokens', 'messages', 'token', 'context length'],
	timeoutSeconds: textTimeoutSeconds,
	fields: conversationFields,
	options: conversationOptions,
	toMessage(item) {
		return conversationOf(item);
	},
	fromResponse({ message_tokens, ...response }) {
		return { json: { ...response, message_tokens: message_tokens.map((one) => ({ ...one })) } };
	},
});
