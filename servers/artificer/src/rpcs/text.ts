import { invalid } from '../calls/failure.js';
import type { ChunkDocumentRequest__Output } from '../generated/artificer/ChunkDocumentRequest.js';
import type { ChunkDocumentResponse } from '../generated/artificer/ChunkDocumentResponse.js';
import type { ChunkDocumentsBatchRequest__Output } from '../generated/artificer/ChunkDocumentsBatchRequest.js';
import type { ChunkDocumentsBatchResponse } from '../generated/artificer/ChunkDocumentsBatchResponse.js';
import type { CountConversationTokensRequest__Output } from '../generated/artificer/CountConversationTokensRequest.js';
import type { CountConversationTokensResponse } from '../generated/artificer/CountConversationTokensResponse.js';
import type { CountTokensRequest__Output } from '../generated/artificer/CountTokensRequest.js';
import type { CountTokensResponse } from '../generated/artificer/CountTokensResponse.js';
import type { DocumentChunks } from '../generated/artificer/DocumentChunks.js';
import type { EstimateMessageFitRequest__Output } from '../generated/artificer/EstimateMessageFitRequest.js';
import type { EstimateMessageFitResponse } from '../generated/artificer/EstimateMessageFitResponse.js';
import { chunkDocument } from '../engines/text/chunkDocument.js';
import { chunkSettings } from '../engines/text/chunks.js';
import { notNegative } from './arguments.js';
import { stopwatch } from './stopwatch.js';
import { countConversation } from './conversation.js';

/** Answers ChunkDocument. */
export async function chunk(
	document: ChunkDocumentRequest__Output,
): Promise<ChunkDocumentResponse> {
	const { chunk_size, chunk_overlap, separators } = document;
	const settings = chunkSettings(chunk_size, chunk_overlap, separators);
	const chunks = await chunkDocument({ document, settings });
	return { chunks, total_chunks: chunks.length };
}

/** Answers ChunkDocumentsBatch. */
export async function chunkBatch(
	request: ChunkDocumentsBatchRequest__Output,
): Promise<ChunkDocumentsBatchResponse> {
	const elapsed = stopwatch();
	const { documents, chunk_size, chunk_overlap, separators } = request;
	const settings = chunkSettings(chunk_size, chunk_overlap, separators);
	const ids = new Set(documents.map(({ document_id }) => document_id));
	if (ids.size < documents.length) {
		throw invalid(
			`${documents.length} documents have only ${ids.size} different document_ids, but the ` +
				'answer tells them apart by it. Give each its own.',
		);
	}
	const entries: [string, DocumentChunks][] = [];
	for (const document of documents) {
		entries.push([document.document_id, { chunks: await chunkDocument({ document, settings }) }]);
	}
	const chunks_map = Object.fromEntries(entries);
	return { chunks_map, total_documents: documents.length, processing_time_ms: elapsed() };
}

/** Answers CountTokens. */
export async function countText(request: CountTokensRequest__Output): Promise<CountTokensResponse> {
	const elapsed = stopwatch();
	const { countTokens } = await import('../engines/text/tokens.js');
	const { counts, model } = await countTokens({ texts: [request.content], model: request.model });
	return { token_count: counts[0] ?? 0, model, processing_time_ms: elapsed() };
}

/** Answers CountConversationTokens. */
export async function countMessages(
	request: CountConversationTokensRequest__Output,
): Promise<CountConversationTokensResponse> {
	const elapsed = stopwatch();
	const { model, overhead, messages } = await countConversation(request);
	return {
		total_tokens: messages.reduce((sum, { total_tokens }) => sum + total_tokens, overhead),
		message_count: messages.length,
		message_tokens: messages,
		model,
		processing_time_ms: elapsed(),
	};
}

/** Answers EstimateMessageFit. */
export async function estimateFit(
	request: EstimateMessageFitRequest__Output,
): Promise<EstimateMessageFitResponse> {
	const elapsed = stopwatch();
	const max_tokens = notNegative('max_tokens', request.max_tokens);
	const { model, overhead, messages } = await countConversation(request);
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
}
