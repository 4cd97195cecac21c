import type { DocumentChunk } from '../../generated/artificer/DocumentChunk.js';
import { type ChunkSettings, chunkSpans } from './chunks.js';

export interface ChunkJob {
	/** As on the wire. */
	document: { document_id: string; project_id: string; content: string; filename: string };
	settings: ChunkSettings;
}

/** A document's chunks as they go over the wire. */
export async function chunkDocument({ document, settings }: ChunkJob): Promise<DocumentChunk[]> {
	const { document_id, project_id, content, filename } = document;
	const spans = chunkSpans(content, settings);
	return spans.map(({ start, end }, index) => ({
		id: `${document_id}_chunk_${index}`,
		document_id,
		project_id,
		content: content.slice(start, end),
		metadata: {
			filename,
			chunk_index: index,
			total_chunks: spans.length,
			start_char: start,
			end_char: end,
		},
	}));
}
