import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import {
	chunkingFields,
	chunkingOf,
	chunksAsField,
	chunkSourceFields,
	chunkSourceOf,
	chunkSourceOptions,
	separatorsOption,
} from './chunking';
import { chunkResults } from './chunkResults';

export const chunkDocument = rpcOperation('TextService', 'ChunkDocument', {
	resource: 'text',
	name: 'chunkDocument',
	displayName: 'Chunk Document',
	action: 'Chunk text of document',
	description:
		'Cut a text into pieces that overlap, at paragraphs, sentences or words, ready for a vector store',
	aliases: ['chunk', 'split text', 'rag', 'embedding', 'vector store'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [...chunkSourceFields, ...chunkingFields, chunksAsField],
	options: [...chunkSourceOptions, separatorsOption],
	toMessage(item) {
		return { ...chunkSourceOf(item), ...chunkingOf(item) };
	},
	fromResponse({ chunks }, item) {
		return chunkResults(chunks, item);
	},
});
