import { withMemory, type Pdfium } from './pdfium.js';

/** A piece of a line of text, with its place as displayed: x to the right, y downwards. */
export interface Segment {
	text: string;
	left: number;
	right: number;
	top: number;
	bottom: number;
}

type Box = Omit<Segment, 'text'>;

/** Two words further apart than this many line heights stand in different columns or cells. */
const COLUMN_GAP = 1.5;

/** PDFium gives places on the unrotated page; turns them as the page is displayed. */
function asDisplayed(rotation: number, box: readonly [number, number, number, number]): Box {
	const [left, right, bottom, top] = box;
	switch (rotation) {
		case 1:
			return { left: bottom, right: top, top: left, bottom: right };
		case 2:
			return { left: -right, right: -left, top: bottom, bottom: top };
		case 3:
			return { left: -top, right: -bottom, top: -right, bottom: -left };
		default:
			return { left, right, top: -top, bottom: -bottom };
	}
}

function around(a: Box, b: Box): Box {
	return {
		left: Math.min(a.left, b.left),
		right: Math.max(a.right, b.right),
		top: Math.min(a.top, b.top),
		bottom: Math.max(a.bottom, b.bottom),
	};
}

/** Whether a word goes on with a segment: on its line, and not beyond a wide gap. */
function follows(segment: Box, word: Box, height: number): boolean {
	const overlap = Math.min(segment.bottom, word.bottom) - Math.max(segment.top, word.top);
	const gap = Math.max(word.left - segment.right, segment.left - word.right);
	return overlap > 0 && gap <= COLUMN_GAP * height;
}

/**
 * Takes the drawn text apart at its line breaks and at wide gaps. Only the characters at the ends
 * of words are measured: asking for each of them would double the time.
 */
export function segmentsOf(
	engine: Pdfium,
	page: number,
	textPage: number,
	drawn: string,
): Segment[] {
	const rotation = engine.FPDFPage_GetRotation(page);
	return withMemory(engine, 4 * 8, (pointer) => {
		const boxAt = (textIndex: number): Box | undefined => {
			const index = engine.FPDFText_GetCharIndexFromTextIndex(textPage, textIndex);
			const [left, right, bottom, top] = [pointer, pointer + 8, pointer + 16, pointer + 24];
			if (index < 0 || !engine.FPDFText_GetCharBox(textPage, index, left, right, bottom, top)) {
				return undefined;
			}
			const values = new Float64Array(engine.pdfium.HEAPU8.buffer, pointer, 4);
			return asDisplayed(rotation, [...values] as [number, number, number, number]);
		};
		return collect(drawn, boxAt);
	});
}

function collect(drawn: string, boxAt: (textIndex: number) => Box | undefined): Segment[] {
	const segments: Segment[] = [];
	let current: Segment | undefined;
	let lastEnd = 0;
	for (const word of drawn.matchAll(/[^\s]+/g)) {
		const start = word.index;
		const end = start + word[0].length;
		const first = boxAt(start);
		const last = boxAt(end - 1);
		if (first === undefined || last === undefined) continue;
		const box = around(first, last);
		const height = Math.max(1, first.bottom - first.top);
		const sameLine = !/[\r\n]/.test(drawn.slice(lastEnd, start));
		if (current !== undefined && sameLine && follows(current, box, height)) {
			Object.assign(current, around(current, box), { text: `${current.text} ${word[0]}` });
		} else {
			current = { text: word[0], ...box };
			segments.push(current);
		}
		lastEnd = end;
	}
	return segments;
}
