import type { Message__Output } from '../generated/artificer/Message.js';
import { notNegative } from './arguments.js';

/** What requests about conversations have in common. */
export interface Conversation {
	messages: Message__Output[];
	model: string;
	message_overhead: number;
	conversation_overhead: number;
}

export interface CountedConversation {
	/** As asked for, or with the encoding used in place of an unknown one. */
	model: string;
	/** What a conversation costs besides its messages. */
	overhead: number;
	messages: { content_tokens: number; role_tokens: number; total_tokens: number }[];
}

/** Counts the tokens of each message, as its role and its content. */
export async function countConversation(asked: Conversation): Promise<CountedConversation> {
	const perMessage = notNegative('message_overhead', asked.message_overhead);
	const overhead = notNegative('conversation_overhead', asked.conversation_overhead);
	const texts = asked.messages.flatMap(({ role, content }) => [role, content]);
	const { countTokens } = await import('../engines/text/tokens.js');
	const { counts, model } = await countTokens({ texts, model: asked.model });
	const messages = asked.messages.map((_, index) => {
		const [role_tokens = 0, content_tokens = 0] = counts.slice(2 * index, 2 * index + 2);
		const total_tokens = content_tokens + role_tokens + perMessage;
		return { content_tokens, role_tokens, total_tokens };
	});
	return { model, overhead, messages };
}
