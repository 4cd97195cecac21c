const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	"'": '&apos;',
	'"': '&quot;',
};

const CHARACTERS = Object.fromEntries(
	Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
);

// XML 1.0 has no way to write these, not even as a reference.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A text as it may stand in the content or an attribute of markup. */
export function escapeMarkup(text: string): string {
	return text
		.replace(FORBIDDEN, '\uFFFD')
		.replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? character);
}

/**
 * The text inside of what `/tag` made, or undefined for a text that isn't of its making: flows hand
 * the tagged text on to the specialists.
 */
export function textInside(markup: string): string | undefined {
	const [, inside] = /^<tagged lang='[a-z]+'>([^]*)<\/tagged>$/.exec(markup) ?? [];
	const text = inside?.replace(/<w pos='[^'<>]*'>|<\/w>/g, '');
	if (text === undefined || /[<>]/.test(text)) return undefined;
	return text.replace(/&(?:amp|lt|gt|apos|quot);/g, (entity) => CHARACTERS[entity] ?? entity);
}

/** The contract's wrapping around a tagged text; what is inside is markup already. */
export function wrapTagged(language: string, markup: string): string {
	return `<tagged lang='${language}'>${markup}</tagged>`;
}
