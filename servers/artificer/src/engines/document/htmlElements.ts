export type Attributes = Readonly<Record<string, string>>;

/** Elements whose content is no text for readers. */
export const SKIPPED = new Set([
	'script',
	'style',
	'template',
	'noscript',
	'iframe',
	'object',
	'svg',
	'math',
	'select',
	'textarea',
	'canvas',
	'audio',
	'video',
]);

/** Elements that end a paragraph without being one. */
export const BLOCKS = new Set(
	(
		'address article aside body center dd details dialog div dl dt fieldset figcaption figure ' +
		'footer form header hgroup html legend main menu nav p section summary search'
	).split(' '),
);

export const HEADING = /^h[1-6]$/;

/** A code block's language, from the ways in which pages name it. */
export function languageOf(attributes: Attributes): string {
	const name = /(?:^|\s)lang(?:uage)?-(\S+)/.exec(attributes['class'] ?? '');
	return attributes['data-language'] ?? name?.[1] ?? '';
}
