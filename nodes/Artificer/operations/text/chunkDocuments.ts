import type { ResponseOf } from '../../transport/services';
import { CallFailure } from '../../../shared/failures';
import { batchOperation, textTimeoutSeconds } from '../rpcOperation';
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

type Answer = ResponseOf<'TextService', 'ChunkDocumentsBatch'>;

export const chunkDocuments = batchOperation('TextService', 'ChunkDocumentsBatch', {
	resource: 'text',
	name: 'chunkDocuments',
	displayName: 'Chunk Documents',
	action: 'Chunk texts of documents in batch',
	description:
		'Cut the texts of all input items in a single call, and give each item its own chunks back',
	aliases: ['chunk', 'split texts', 'batch', 'rag', 'embedding'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [...chunkSourceFields, ...chunkingFields, chunksAsField],
	options: [...chunkSourceOptions, separatorsOption],
	toPart: chunkSourceOf,
	toMessage(parts, first) {
		// The answer is keyed by id, and two items may have the same: each travels under its place.
		const documents = parts.map((part, place) => ({ ...part, document_id: String(place) }));
		return { documents, ...chunkingOf(first) };
	},
	resultOf({ chunks_map }: Answer, place, { document_id }, item) {
		const own = chunks_map[String(place)];
		if (!own) {
			throw new CallFailure('rejected', 'Artificer gave no chunks for this document');
		}
		const chunks = own.chunks.map((chunk, index) => ({
			...chunk,
			id: `${document_id}_chunk_${index}`,
			document_id,
		}));
		return chunkResults(chunks, item);
	},
});
