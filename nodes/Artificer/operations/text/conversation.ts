import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/item';
import { numberOption, numberProperty, type NumberField } from '../numberField';

const messageOverhead: NumberField = {
	displayName: 'Message Overhead',
	name: 'messageOverhead',
	default: 4,
	min: 0,
	max: 1000,
	description: 'Tokens that each message costs besides its words. Without this option: 4.',
};

const conversationOverhead: NumberField = {
	displayName: 'Conversation Overhead',
	name: 'conversationOverhead',
	default: 3,
	min: 0,
	max: 1000,
	description: 'Tokens that the conversation costs as a whole. Without this option: 3.',
};

const example = '[{"role": "user", "content": "Hello"}]';

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'string',
	default: 'gpt-4',
	placeholder: 'e.g. gpt-4o',
	description: 'The language model whose way of counting is used',
};

/** The model that the user named, or the contract's default. */
export function modelOf(item: Item): string {
	return item.fieldOr('model', '') || 'gpt-4';
}

export const conversationFields: INodeProperties[] = [
	{
		displayName: 'Messages',
		name: 'messages',
		type: 'json',
		required: true,
		default: '={{ $json.messages }}',
		description: `The conversation, oldest message first, as a JSON list. For example: ${example}.`,
	},
	modelField,
];

export const conversationOptions: INodeProperties[] = [
	numberProperty(conversationOverhead),
	numberProperty(messageOverhead),
];

/** A conversation, for the wire. */
export function conversationOf(item: Item) {
	return {
		messages: messagesOf(item),
		model: modelOf(item),
		message_overhead: numberOption(item, messageOverhead),
		conversation_overhead: numberOption(item, conversationOverhead),
	};
}

function messagesOf(item: Item): Array<{ role: string; content: string }> {
	const given = item.parsed('messages', 'Messages', example);
	if (!Array.isArray(given)) throw item.refused('Messages is no list', `For example: ${example}`);
	return (given as Array<Partial<Record<'role' | 'content', unknown>> | null>).map(
		(message, place) => {
			const { role, content } = message ?? {};
			if (typeof role === 'string' && typeof content === 'string') return { role, content };
			throw item.refused(
				`Message ${place} has no text in role and content`,
				`For example: ${example}`,
			);
		},
	);
}
