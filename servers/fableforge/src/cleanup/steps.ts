/** What a step made of a text, and in how many places it changed it. */
interface Changed {
	text: string;
	places: number;
}

/** One kind of cleaning. */
export interface CleaningStep {
	apply(text: string): Changed;
	/** What was done, for people; asked only where something changed. */
	describe(places: number): string;
}

// U+200D is not among them: emoji are joined with it. Written as code points, since a pattern that
// holds the characters themselves can't be read.
const INVISIBLE = /[\p{Cc}\u00AD\u180E\u200B\u2060\uFEFF]/gu;

// Letters and digits alone: full-width punctuation is the right one in Chinese and Japanese.
const FULL_WIDTH_LETTERS = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]+/g;
const HALF_WIDTH_FORMS =
	/[\uFF61-\uFF9F\uFFA1-\uFFBE\uFFC2-\uFFC7\uFFCA-\uFFCF\uFFD2-\uFFD7\uFFDA-\uFFDC]+/g;

/**
 * All steps, in the order in which they run: none makes anything that an earlier one would change,
 * so that a clean text stays as it is.
 */
export const CLEANING_STEPS: readonly CleaningStep[] = [
	{
		apply: (text) => replaceAll(text, /\r\n?|[\u0085\u2028\u2029]/g, () => '\n'),
		describe: (places) => `Made ${counted(places, 'line end')} a plain line feed.`,
	},
	{
		apply: (text) => replaceAll(text, INVISIBLE, (it) => (/[\t\n\v\f]/.test(it) ? it : '')),
		describe: (places) => `Removed ${counted(places, 'invisible character')}.`,
	},
	{
		apply: (text) => replaceAll(text, FULL_WIDTH_LETTERS, (run) => run.normalize('NFKC')),
		describe: (places) =>
			`Gave full-width letters and digits their usual width in ${counted(places, 'place')}.`,
	},
	{
		apply: (text) => replaceAll(text, HALF_WIDTH_FORMS, (run) => run.normalize('NFKC')),
		describe: (places) =>
			`Gave half-width characters their usual width in ${counted(places, 'place')}.`,
	},
	{
		apply: (text) => {
			const composed = text.normalize('NFC');
			return { text: composed, places: composed === text ? 0 : 1 };
		},
		describe: () => 'Composed characters (Unicode NFC).',
	},
	{
		apply: (text) => replaceAll(text, /(?<![^\S\n])[^\S\n]+(?=[,.!?;:…]+(?:\s|$))/g, () => ''),
		describe: (places) => `Removed the space before punctuation in ${counted(places, 'place')}.`,
	},
	{
		apply: (text) => replaceAll(text, /\.{3,}|。{2,}/g, (run) => (run[0] === '.' ? '…' : '……')),
		describe: (places) => `Wrote ${counted(places, 'row')} of full stops as an ellipsis.`,
	},
	{
		apply: (text) => replaceAll(text, /[^\S\n]+/g, () => ' '),
		describe: (places) => `Made ${counted(places, 'stretch', 'stretches')} of white space a space.`,
	},
	{
		apply: (text) => replaceAll(text, /^ +| +$/gm, () => ''),
		describe: (places) => `Removed spaces at ${counted(places, 'end')} of lines.`,
	},
	{
		apply: (text) => replaceAll(text, /\n{3,}/g, () => '\n\n'),
		describe: (places) => `Left one of several empty lines in ${counted(places, 'place')}.`,
	},
	{
		apply: (text) => replaceAll(text, /^\n+|\n+$/g, () => ''),
		describe: (places) => `Removed empty lines at ${counted(places, 'end')} of the text.`,
	},
];

/** Replaces all matches and counts those that became something else. */
function replaceAll(
	text: string,
	pattern: RegExp,
	replacement: (match: string) => string,
): Changed {
	let places = 0;
	const replaced = text.replace(pattern, (match) => {
		const better = replacement(match);
		if (better !== match) places += 1;
		return better;
	});
	return { text: replaced, places };
}

function counted(places: number, one: string, many = `${one}s`): string {
	return `${places} ${places === 1 ? one : many}`;
}
