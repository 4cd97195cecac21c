import type { Decorator } from './portableText.js';

/** HTML elements that are decorators. */
export const DECORATOR_TAGS: Readonly<Record<string, Decorator>> = {
	b: 'strong',
	strong: 'strong',
	i: 'em',
	em: 'em',
	cite: 'em',
	dfn: 'em',
	var: 'em',
	code: 'code',
	kbd: 'code',
	samp: 'code',
	tt: 'code',
	u: 'underline',
	ins: 'underline',
	s: 'strike-through',
	strike: 'strike-through',
	del: 'strike-through',
};

/** How each decorator is written in HTML. */
export const TAG_OF: Readonly<Record<Decorator, string>> = {
	strong: 'strong',
	em: 'em',
	code: 'code',
	underline: 'u',
	'strike-through': 's',
};
