import { titleCase } from 'title-case';

/** Names of things, which keep their capitals within a sentence. */
const properNames = new Set([
	'Artificer',
	'Chinese',
	'Japanese',
	'Korean',
	'Markdown',
	'Notion',
	'Portable',
	'Research',
	'Roam',
	'Text',
	'Unicode',
]);

/** Whether each word that counts begins with a capital, as in "Put Output in Field". */
export function isTitleCase(name: string): boolean {
	return titleCase(name) === name;
}

/**
 * Whether only the first word of a sentence begins with a capital, but for names and what is quoted.
 *
 * @param given what else is a name here, such as those of fields
 */
export function isSentenceCase(text: string, given: Set<string> = new Set()): boolean {
	const [first = ''] = text;
	if (first !== first.toUpperCase()) return false;
	const own = text.replace(/"[^"]*"/g, '');
	return own.split(/[.:?!]\s+/).every((sentence) =>
		sentence
			.split(/\s+/)
			.slice(1)
			.map((word) => word.replace(/^\W+|\W+$/g, '').replace(/'s$/, ''))
			.every((word) => !/^[A-Z][a-z]+$/.test(word) || properNames.has(word) || given.has(word)),
	);
}

/** Whether a text of one sentence ends without a period, and one of several with it. */
export function endsAsItShould(text: string): boolean {
	const several = /[.?!]\s+\S/.test(text);
	return several ? /[.?!]$/.test(text) : !text.endsWith('.');
}
