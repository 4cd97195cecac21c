import { type NotionBlock, notionBlocksOf } from './notionBlocks.js';
import type { Document } from './portableText.js';

/** The body of a request that appends blocks to a page. */
interface AppendRequest {
	children: NotionBlock[];
}

/** The Notion API's limits of a request: children, blocks with those below them, bytes (500 KB). */
const MOST_CHILDREN = 100;
const MOST_BLOCKS = 1000;
const MOST_BYTES = 450_000;

function sizeOf(block: NotionBlock): number {
	const body = block[block.type];
	const children = typeof body === 'string' ? [] : (body?.children ?? []);
	return children.reduce((sum, child) => sum + sizeOf(child), 1);
}

/** Deals blocks out over as many requests as the API's limits need. */
function requestsOf(blocks: readonly NotionBlock[]): AppendRequest[] {
	const requests: AppendRequest[] = [];
	let count = Infinity;
	let bytes = Infinity;
	for (const block of blocks) {
		const ownCount = sizeOf(block);
		const ownBytes = Buffer.byteLength(JSON.stringify(block));
		const last = requests.at(-1);
		const fits = count + ownCount <= MOST_BLOCKS && bytes + ownBytes <= MOST_BYTES;
		if (last !== undefined && fits && last.children.length < MOST_CHILDREN) {
			last.children.push(block);
			count += ownCount;
			bytes += ownBytes;
		} else {
			requests.push({ children: [block] });
			count = ownCount;
			bytes = ownBytes;
		}
	}
	return requests;
}

/**
 * A JSON array of request bodies `{"children": [...]}`, to be sent in order to
 * `PATCH /v1/blocks/{page id}/children`, each within the API's limits.
 */
export async function exportNotion(input: {
	document: Document;
	pretty: boolean;
}): Promise<string> {
	const requests = requestsOf(notionBlocksOf(input.document.content));
	return JSON.stringify(requests, null, input.pretty ? 2 : undefined);
}
