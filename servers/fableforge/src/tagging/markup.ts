const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	"'": '&apos;',
	'"': '&quot;',
};

// XML 1.0 has no way to write these, not even as a reference.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A text as it may stand in the content or an attribute of markup. */
export function escapeMarkup(text: string): string {
	return text
		.replace(FORBIDDEN, '\uFFFD')
		.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character);
}

/** The contract's wrapping around a tagged text; what is inside is markup already. */
export function wrapTagged(language: string, markup: string): string {
	return `<tagged lang='${language}'>${markup}</tagged>`;
}
