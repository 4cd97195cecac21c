const SCRIPTS = ['Hangul', 'Hiragana', 'Katakana', 'Han', 'Latin', 'Cyrillic', 'Greek'] as const;

/** The scripts that occur in a text, in the order above, in lower case. */
export function scriptsIn(text: string): string[] {
	return SCRIPTS.filter((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(text)).map(
		(script) => script.toLowerCase(),
	);
}
