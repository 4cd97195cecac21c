import { withMemory, type Pdfium } from './pdfium.js';

/** A place as displayed, in points: x to the right, y downwards. */
interface Box {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

/** A piece of a line of text, and where it begins and ends in the text as drawn. */
export interface Segment extends Box {
	start: number;
	end: number;
}

/** Puts the place of a character of the drawn text into a box; false where it has none. */
type Measure = (textIndex: number, box: Box) => boolean;

/** Two words further apart than this many line heights stand in different columns or cells. */
const COLUMN_GAP = 1.5;
/** Bytes of each of the four numbers by which PDFium tells a place. */
const NUMBER = 8;

const emptyBox = (): Box => ({ left: 0, right: 0, top: 0, bottom: 0 });

function put(box: Box, left: number, right: number, top: number, bottom: number): void {
	box.left = left;
	box.right = right;
	box.top = top;
	box.bottom = bottom;
}

/** PDFium gives places on the unrotated page, y upwards; turns them as the page is displayed. */
function putDisplayed(box: Box, rotation: number, place: Float64Array): void {
	const [left = 0, right = 0, bottom = 0, top = 0] = place;
	if (rotation === 1) put(box, bottom, top, left, right);
	else if (rotation === 2) put(box, -right, -left, bottom, top);
	else if (rotation === 3) put(box, -top, -bottom, -right, -left);
	else put(box, left, right, -top, -bottom);
}

function include(box: Box, other: Box): void {
	put(
		box,
		Math.min(box.left, other.left),
		Math.max(box.right, other.right),
		Math.min(box.top, other.top),
		Math.max(box.bottom, other.bottom),
	);
}

/** Whether a word goes on with a segment: on its line, and not beyond a wide gap. */
function follows(segment: Box, word: Box, height: number): boolean {
	const overlap = Math.min(segment.bottom, word.bottom) - Math.max(segment.top, word.top);
	const gap = Math.max(word.left - segment.right, segment.left - word.right);
	return overlap > 0 && gap <= COLUMN_GAP * height;
}

/** White space as regular expressions know it; most characters are told apart without one. */
function isSpace(code: number): boolean {
	if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
	return code >= 0xa0 && (code < 0x3001 || code === 0xfeff) && /\s/.test(String.fromCharCode(code));
}

const isLineBreak = (code: number): boolean => code === 0x0a || code === 0x0d;

function collect(drawn: string, measure: Measure): Segment[] {
	const segments: Segment[] = [];
	let current: Segment | undefined;
	const [word, last] = [emptyBox(), emptyBox()];
	for (let start = 0; start < drawn.length;) {
		const code = drawn.charCodeAt(start);
		if (isSpace(code)) {
			// A segment never goes on in the next line.
			if (isLineBreak(code)) current = undefined;
			start += 1;
			continue;
		}
		let end = start + 1;
		while (end < drawn.length && !isSpace(drawn.charCodeAt(end))) end += 1;
		if (measure(start, word) && measure(end - 1, last)) {
			const height = Math.max(1, word.bottom - word.top);
			include(word, last);
			if (current !== undefined && follows(current, word, height)) {
				include(current, word);
				current.end = end;
			} else {
				current = { ...word, start, end };
				segments.push(current);
			}
		}
		start = end;
	}
	return segments;
}

/**
 * Takes the drawn text apart at its line breaks and at wide gaps. Only the characters at the ends
 * of words are measured, by the engine's own functions: the library's take five times as long.
 */
export function segmentsOf(
	engine: Pdfium,
	page: number,
	textPage: number,
	drawn: string,
): Segment[] {
	const { FPDFText_GetCharBox: boxOf, FPDFText_GetCharIndexFromTextIndex: indexOf } =
		engine.pdfium.wasmExports;
	const rotation = engine.FPDFPage_GetRotation(page);
	// Where each character is one of the text's, their numbers are the same.
	const isSame = engine.FPDFText_CountChars(textPage) === drawn.length;
	return withMemory(engine, 4 * NUMBER, (pointer) => {
		const place = new Float64Array(engine.pdfium.HEAPU8.buffer, pointer, 4);
		const [right, bottom, top] = [pointer + NUMBER, pointer + 2 * NUMBER, pointer + 3 * NUMBER];
		return collect(drawn, (textIndex, box) => {
			const index = isSame ? textIndex : indexOf(textPage, textIndex);
			if (index < 0 || boxOf(textPage, index, pointer, right, bottom, top) === 0) return false;
			putDisplayed(box, rotation, place);
			return true;
		});
	});
}
