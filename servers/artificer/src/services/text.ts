import { type CallContext, unary } from '../calls/answer.js';
import { invalid } from '../calls/failure.js';
import { chunkSettings } from '../engines/text/chunks.js';
import type { DocumentChunks } from '../generated/artificer/DocumentChunks.js';
import type { Message__Output } from '../generated/artificer/Message.js';
import type { TextServiceHandlers } from '../generated/artificer/TextService.js';
import { notNegative } from './arguments.js';
import { type ServiceContext, stopwatch } from './context.js';
import { inOrder } from './ordered.js';

interface Conversation {
	messages: Message__Output[];
	model: string;
	message_overhead: number;
	conversation_overhead: number;
}

interface CountedConversation {
	/** As asked for, or with the encoding used in place of an unknown one. */
	model: string;
	/** What a conversation costs besides its messages. */
	overhead: number;
	messages: { content_tokens: number; role_tokens: number; total_tokens: number }[];
}

export function textService(service: ServiceContext): TextServiceHandlers {
	const { pool } = service;

	async function counted(asked: Conversation, signal: AbortSignal): Promise<CountedConversation> {
		const perMessage = notNegative('message_overhead', asked.message_overhead);
		const overhead = notNegative('conversation_overhead', asked.conversation_overhead);
		const texts = asked.messages.flatMap(({ role, content }) => [role, content]);
		const { counts, model } = await pool.run('text/tokens', { texts, model: asked.model }, signal);
		const messages = asked.messages.map((_, index) => {
			const [role_tokens = 0, content_tokens = 0] = counts.slice(2 * index, 2 * index + 2);
			return {
				content_tokens,
				role_tokens,
				total_tokens: content_tokens + role_tokens + perMessage,
			};
		});
		return { model, overhead, messages };
	}

	return {
		ChunkDocument: unary(async (document, { signal }) => {
			const { chunk_size, chunk_overlap, separators } = document;
			const settings = chunkSettings(chunk_size, chunk_overlap, separators);
			const chunks = await pool.run('text/chunk', { document, settings }, signal);
			return { chunks, total_chunks: chunks.length };
		}),
		ChunkDocumentsBatch: unary(async ({ documents, ...request }, { signal }: CallContext) => {
			const elapsed = stopwatch();
			const { chunk_size, chunk_overlap, separators } = request;
			const settings = chunkSettings(chunk_size, chunk_overlap, separators);
			const ids = new Set(documents.map(({ document_id }) => document_id));
			if (ids.size < documents.length) {
				throw invalid(
					`${documents.length} documents have only ${ids.size} different document_ids, but the ` +
						'answer tells them apart by it. Give each its own.',
				);
			}
			const results = inOrder(documents, pool.workers, signal, async (document, either) => ({
				id: document.document_id,
				chunks: await pool.run('text/chunk', { document, settings }, either),
			}));
			const entries: [string, DocumentChunks][] = [];
			for await (const { id, chunks } of results) entries.push([id, { chunks }]);
			const chunks_map = Object.fromEntries(entries);
			return { chunks_map, total_documents: documents.length, processing_time_ms: elapsed() };
		}),
		CountTokens: unary(async ({ content, model: asked }, { signal }) => {
			const elapsed = stopwatch();
			const input = { texts: [content], model: asked };
			const { counts, model } = await pool.run('text/tokens', input, signal);
			return { token_count: counts[0] ?? 0, model, processing_time_ms: elapsed() };
		}),
		CountConversationTokens: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const { model, overhead, messages } = await counted(request, signal);
			return {
				total_tokens: messages.reduce((sum, { total_tokens }) => sum + total_tokens, overhead),
				message_count: messages.length,
				message_tokens: messages,
				model,
				processing_time_ms: elapsed(),
			};
		}),
		EstimateMessageFit: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const max_tokens = notNegative('max_tokens', request.max_tokens);
			const { model, overhead, messages } = await counted(request, signal);
			let total_tokens = overhead;
			let count = 0;
			for (const message of messages.toReversed()) {
				if (total_tokens + message.total_tokens > max_tokens) break;
				total_tokens += message.total_tokens;
				count += 1;
			}
			// Where no message fits, nothing is sent, and nothing costs anything.
			if (count === 0) total_tokens = 0;
			return { count, total_tokens, max_tokens, model, processing_time_ms: elapsed() };
		}),
		CalculateContextWindow: unary(async (request) => {
			const { model_context_window } = request;
			const reserved_for_output = notNegative('output_tokens', request.output_tokens);
			const reserved_for_system = notNegative('system_tokens', request.system_tokens);
			const available_for_history =
				model_context_window - reserved_for_output - reserved_for_system;
			if (available_for_history < 0) {
				throw invalid(
					`model_context_window is ${model_context_window}, but output_tokens and system_tokens ` +
						`together take ${reserved_for_output + reserved_for_system}. Make the window larger or ` +
						'the reserves smaller.',
				);
			}
			const recent_messages_window = Math.floor(available_for_history / 4);
			return {
				model_context_window,
				reserved_for_output,
				reserved_for_system,
				available_for_history,
				recent_messages_window,
				summary_window: available_for_history - recent_messages_window,
			};
		}),
	};
}
