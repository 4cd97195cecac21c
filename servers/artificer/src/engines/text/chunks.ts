import { invalid, tooMuch } from '../../calls/failure.js';

export interface ChunkSettings {
	/** Most UTF-16 code units of a chunk, at least 1. */
	size: number;
	/** Most code units that neighbours share; less than `size`. */
	overlap: number;
	/** Where to break, best first. */
	separators: string[];
}

/** A chunk's place: `content.slice(start, end)`. */
export interface ChunkSpan {
	start: number;
	end: number;
}

/** The contract's defaults, for fields that are empty on the wire. */
export const DEFAULT_SIZE = 1000;
export const DEFAULT_SEPARATORS = ['\n\n', '\n', '. ', ' '];

/** More chunks of one document than this are a mistake, and would fill memory. */
const MOST_CHUNKS = 500_000;

/** Checks settings as they came; 0 as the size and no separators stand for the defaults. */
export function chunkSettings(size: number, overlap: number, separators: string[]): ChunkSettings {
	const settings = {
		size: size === 0 ? DEFAULT_SIZE : size,
		overlap,
		separators: separators.length === 0 ? DEFAULT_SEPARATORS : separators,
	};
	if (settings.size < 2) {
		throw invalid(`chunk_size is ${size}, but has to be 2 or more (0 for the default of 1000).`);
	}
	if (overlap < 0 || overlap >= settings.size) {
		throw invalid(
			`chunk_overlap is ${overlap}, but has to be from 0 to less than chunk_size, which is ` +
				`${settings.size}.`,
		);
	}
	if (settings.separators.some((separator) => separator === '')) {
		throw invalid('A separator is empty, but each has to have a character at least.');
	}
	return settings;
}

/** Whether a cut there would part the two halves of a surrogate pair. */
function splitsPair(content: string, at: number): boolean {
	const before = content.charCodeAt(at - 1);
	const after = content.charCodeAt(at);
	return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** The last end of the best separator that ends after `after` and no later than `most`. */
function lastBreak(
	content: string,
	after: number,
	most: number,
	separators: readonly string[],
): number | undefined {
	for (const separator of separators) {
		// Looks at the range alone: a search in the whole content would make long texts quadratic.
		const from = Math.max(0, after + 1 - separator.length);
		const at = content.slice(from, most).lastIndexOf(separator);
		if (at >= 0) return from + at + separator.length;
	}
	return undefined;
}

/** Where the chunk that begins at `start` ends. */
function endOf(content: string, start: number, minEnd: number, settings: ChunkSettings): number {
	const most = start + settings.size;
	if (most >= content.length) return content.length;
	const atBreak = lastBreak(content, minEnd, most, settings.separators);
	if (atBreak !== undefined) return atBreak;
	return splitsPair(content, most) ? most - 1 : most;
}

/** Where the next chunk begins: at a separator within the overlap, else as far back as allowed. */
function nextStart(content: string, end: number, start: number, settings: ChunkSettings): number {
	const earliest = Math.max(end - settings.overlap, start + 1);
	if (earliest >= end) return end;
	for (const separator of settings.separators) {
		const from = Math.max(0, earliest - separator.length);
		const at = content.slice(from, end).indexOf(separator);
		const after = from + at + separator.length;
		if (at >= 0 && after < end) return after;
	}
	return splitsPair(content, earliest) ? earliest + 1 : earliest;
}

/**
 * Cuts a text so that no chunk is longer than the size, neighbours share at most the overlap, each
 * ends and begins after its neighbour, and together they hold the whole text.
 */
export function chunkSpans(content: string, settings: ChunkSettings): ChunkSpan[] {
	const spans: ChunkSpan[] = [];
	let start = 0;
	let lastEnd = 0;
	while (lastEnd < content.length) {
		let end = endOf(content, start, lastEnd, settings);
		if (end <= lastEnd) {
			// Only a surrogate pair fits after the overlap, and it doesn't: go on without overlap.
			start = lastEnd;
			end = endOf(content, start, lastEnd, settings);
		}
		if (spans.length === MOST_CHUNKS) {
			throw tooMuch(
				`The content makes more than ${MOST_CHUNKS} chunks. Set a larger chunk_size, a smaller ` +
					'chunk_overlap, or send less at once.',
			);
		}
		spans.push({ start, end });
		start = nextStart(content, end, start, settings);
		lastEnd = end;
	}
	return spans;
}
