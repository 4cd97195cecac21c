/**
 * Tokenizers take time by the square of a word's length, and a run of one kind of character is a
 * word to them: 60,000 letters take two seconds. Words longer than this are cut; nobody writes such.
 */
const LONGEST_RUN = 500;

const KINDS = [/[\p{L}\p{M}]/u, /\s/, /\p{N}/u];

/** Of which kind a UTF-16 code unit is; halves of pairs count as one more kind. */
const kindAt = (text: string, at: number): number => {
	const character = text.charAt(at);
	return KINDS.findIndex((kind) => kind.test(character));
};

/** How far a run of the kind goes from a place in one direction, up to the longest. */
function reach(text: string, from: number, step: 1 | -1): number {
	const kind = kindAt(text, from);
	let length = 0;
	while (length < LONGEST_RUN) {
		const at = from + step * (length + 1);
		if (at < 0 || at >= text.length || kindAt(text, at) !== kind) break;
		length += 1;
	}
	return length;
}

/** Whether a cut there would part the two halves of a surrogate pair. */
const isWithinPair = (text: string, at: number): boolean =>
	/^[\uDC00-\uDFFF]$/.test(text.charAt(at)) && /^[\uD800-\uDBFF]$/.test(text.charAt(at - 1));

/**
 * The text in parts, cut within long runs alone, so that texts as people write them are one part.
 * Looks at places a run apart: a long run holds at least one of them.
 */
export function* cutLongRuns(text: string): Generator<string> {
	let start = 0;
	for (let at = LONGEST_RUN; at < text.length; at += LONGEST_RUN) {
		if (reach(text, at, -1) + reach(text, at, 1) < LONGEST_RUN) continue;
		const cut = isWithinPair(text, at) ? at + 1 : at;
		yield text.slice(start, cut);
		start = cut;
	}
	yield text.slice(start);
}
