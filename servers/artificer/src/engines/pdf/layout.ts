import type { Segment } from './segments.js';

/** Fewer segments than this on a side of a gutter are no column. */
const LEAST_LINES = 3;
/** Characters of a column's middle line, at least: tables have shorter cells and are read in rows. */
const LEAST_LENGTH = 12;
/** Share of segments that may reach over a gutter: titles, wide figures' captions. */
const MAY_CROSS = 0.25;

interface Columns {
	left: Segment[];
	right: Segment[];
	crossing: Segment[];
}

function middle(values: number[]): number {
	const ascending = values.sort((a, b) => a - b);
	return ascending[Math.floor(ascending.length / 2)] ?? 0;
}

function isColumn(side: readonly Segment[]): boolean {
	return (
		side.length >= LEAST_LINES && middle(side.map(({ start, end }) => end - start)) >= LEAST_LENGTH
	);
}

/** Takes segments apart at a vertical line. */
function splitAt(segments: readonly Segment[], x: number): Columns {
	const columns: Columns = { left: [], right: [], crossing: [] };
	for (const segment of segments) {
		if (segment.right <= x) columns.left.push(segment);
		else if (segment.left >= x) columns.right.push(segment);
		else columns.crossing.push(segment);
	}
	return columns;
}

/** Whether enough segments end before others begin; most pages are done with by this alone. */
function mayHaveColumns(segments: readonly Segment[]): boolean {
	let [leastRight, mostLeft] = [Infinity, -Infinity];
	for (const { left, right } of segments) {
		leastRight = Math.min(leastRight, right);
		mostLeft = Math.max(mostLeft, left);
	}
	let [before, after] = [0, 0];
	for (const { left, right } of segments) {
		if (right <= mostLeft) before += 1;
		if (left >= leastRight) after += 1;
	}
	return before >= LEAST_LINES && after >= LEAST_LINES;
}

/** The gutter that the fewest segments reach over, where there is one. */
function findColumns(segments: readonly Segment[]): Columns | undefined {
	if (!mayHaveColumns(segments)) return undefined;
	let best: Columns | undefined;
	for (const x of new Set(segments.map(({ left }) => left))) {
		const columns = splitAt(segments, x);
		const fits =
			columns.crossing.length <= segments.length * MAY_CROSS &&
			isColumn(columns.left) &&
			isColumn(columns.right);
		if (fits && columns.crossing.length < (best?.crossing.length ?? Infinity)) best = columns;
	}
	return best;
}

/** How often the text, as drawn, goes from one side to the other. */
function changesOfSide(segments: readonly Segment[], columns: Columns): number {
	const left = new Set(columns.left);
	const right = new Set(columns.right);
	let changes = 0;
	let last: Set<Segment> | undefined;
	for (const segment of segments) {
		const side = left.has(segment) ? left : right.has(segment) ? right : undefined;
		if (side !== undefined && last !== undefined && side !== last) changes += 1;
		last = side ?? last;
	}
	return changes;
}

/** Segments of one line overlap by half of their height. */
function isSameLine(a: Segment, b: Segment): boolean {
	const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return overlap > Math.min(a.bottom - a.top, b.bottom - b.top) / 2;
}

/** Lines from top to bottom, each from left to right. */
function inLines(segments: readonly Segment[]): Segment[][] {
	const lines: Segment[][] = [];
	for (const segment of [...segments].sort((a, b) => a.top - b.top)) {
		const line = lines.at(-1);
		if (line?.[0] !== undefined && isSameLine(line[0], segment)) line.push(segment);
		else lines.push([segment]);
	}
	return lines.map((line) => line.sort((a, b) => a.left - b.left));
}

/** Reads column by column between the segments that reach over the gutter. */
function inColumns(segments: readonly Segment[]): Segment[][] {
	const columns = findColumns(segments);
	if (columns === undefined) return inLines(segments);
	const lines: Segment[][] = [];
	let above = -Infinity;
	const bands = [...columns.crossing].sort((a, b) => a.top - b.top);
	for (const band of [...bands, undefined]) {
		const below = band?.top ?? Infinity;
		const between = ({ top }: Segment): boolean => top >= above && top < below;
		lines.push(...inColumns(columns.left.filter(between)));
		lines.push(...inColumns(columns.right.filter(between)));
		if (band !== undefined) lines.push([band]);
		above = below;
	}
	return lines;
}

/**
 * The lines in reading order where the text is not drawn so: columns drawn line by line across, and
 * forms, whose fields are drawn last. Undefined where the drawn order is to stand; programs draw
 * text in reading order nearly always, and guessing would do harm.
 */
export function readingOrder(
	segments: readonly Segment[],
	hasForm: boolean,
): Segment[][] | undefined {
	const columns = findColumns(segments);
	if (columns !== undefined && changesOfSide(segments, columns) > 2) return inColumns(segments);
	return hasForm ? inLines(segments) : undefined;
}
