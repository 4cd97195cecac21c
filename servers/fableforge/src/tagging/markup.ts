const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	"'": '&apos;',
	'"': '&quot;',
};

/** A text as it may stand in the content or an attribute of markup. */
export function escapeMarkup(text: string): string {
	return text.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character);
}

/** The contract's wrapping around a tagged text; what is inside is markup already. */
export function wrapTagged(language: string, markup: string): string {
	return `<tagged lang='${language}'>${markup}</tagged>`;
}
