/** Glyphs from first to last that have the same width, as a font of many glyphs lists them. */
interface Run {
	first: number;
	last: number;
	width: number;
}

/** A list shorter than this is no burden; the font of an ordinary document has some hundred glyphs. */
const MANY = 2000;

/** The runs of a list such as `3 [500 600] 10 20 1000`; undefined where it is no such list. */
function runsOf(list: string): Run[] | undefined {
	const tokens = list.match(/[[\]]|[^\s[\]]+/g) ?? [];
	const runs: Run[] = [];
	const add = (first: number, last: number, width: number): void => {
		const before = runs.at(-1);
		if (before?.last === first - 1 && before.width === width) before.last = last;
		else runs.push({ first, last, width });
	};
	for (let at = 0; at < tokens.length;) {
		const first = Number(tokens[at]);
		if (tokens[at + 1] === '[') {
			let glyph = first;
			for (at += 2; at < tokens.length && tokens[at] !== ']'; at += 1) {
				add(glyph, glyph, Number(tokens[at]));
				glyph += 1;
			}
			at += 1;
		} else {
			add(first, Number(tokens[at + 1]), Number(tokens[at + 2]));
			at += 3;
		}
	}
	const isWhole = ({ first, last, width }: Run): boolean =>
		Number.isInteger(first) && Number.isInteger(last) && Number.isFinite(width);
	return runs.every(isWhole) ? runs : undefined;
}

/** Whether a glyph is listed twice: then the order decides, and has to stay. */
function overlap(runs: readonly Run[]): boolean {
	const ascending = [...runs].sort((a, b) => a.first - b.first);
	return ascending.some(({ first }, index) => first <= (ascending[index - 1]?.last ?? -Infinity));
}

/**
 * The widths of a font's glyphs (`/W`, without its brackets) in fewer words: runs of the same width,
 * the longest first. Undefined where the list is short, or isn't well-formed.
 */
export function shorterWidths(list: string): string | undefined {
	if (list.length < MANY) return undefined;
	const runs = runsOf(list);
	if (runs === undefined || overlap(runs)) return undefined;
	runs.sort((a, b) => b.last - b.first - (a.last - a.first));
	const shorter = runs.map(({ first, last, width }) => `${first} ${last} ${width}`).join(' ');
	return shorter.length < list.length ? shorter : undefined;
}
