import type { Item } from '../../../shared/item';
import type { Result } from '../../../shared/operation';
import type { DocumentChunk__Output as Chunk } from '../../transport/generated/artificer/DocumentChunk';

/** The chunks of a document, as the user wants them: an item each, or one item with all. */
export function chunkResults(chunks: Chunk[], item: Item): Result[] {
	const list = chunks.map((chunk) => ({ ...chunk, metadata: { ...chunk.metadata } }));
	if (item.field('chunksAs') === 'items') return list.map((json) => ({ json }));
	return [{ json: { chunks: list, total_chunks: list.length } }];
}
