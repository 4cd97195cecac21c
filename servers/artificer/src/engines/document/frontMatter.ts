import { isMap, isScalar, parseDocument, stringify } from 'yaml';

export interface FrontMatter {
	metadata: Record<string, string>;
	/** The Markdown after it. */
	body: string;
	/** Whether there was one that could not be read; then `body` is the whole text. */
	broken: boolean;
}

const FENCED = /^---[ \t]*\n([\s\S]*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/** A value as text: what has structure is written as JSON. */
function asText(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Takes YAML front matter off. Numbers, dates and the like stay as they are written: the schema
 * «failsafe» knows only text, lists and maps. Aliases that multiply are refused by the library.
 */
export function takeFrontMatter(markdown: string): FrontMatter {
	const none = { metadata: {}, body: markdown, broken: false };
	const [whole, yaml] = FENCED.exec(markdown) ?? [];
	if (whole === undefined || yaml === undefined) return none;
	const body = markdown.slice(whole.length);
	if (yaml.trim() === '') return { metadata: {}, body, broken: false };
	try {
		const parsed = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' });
		// A rule, a paragraph and another rule look like front matter, too, but are no map.
		if (isScalar(parsed.contents)) return none;
		if (parsed.errors.length > 0 || !isMap(parsed.contents)) return { ...none, broken: true };
		const values = Object.entries(parsed.toJS() as Record<string, unknown>);
		const metadata = Object.fromEntries(values.map(([name, value]) => [name, asText(value)]));
		return { metadata, body, broken: false };
	} catch {
		return { ...none, broken: true };
	}
}

/** Lists and maps that were written as JSON become YAML again. */
function asYaml(value: string): unknown {
	if (!/^[[{]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/** Writes front matter; nothing where there is no metadata. */
export function writeFrontMatter(metadata: Readonly<Record<string, string>>): string {
	const entries = Object.entries(metadata);
	if (entries.length === 0) return '';
	const values = Object.fromEntries(entries.map(([name, value]) => [name, asYaml(value)]));
	return `---\n${stringify(values, { lineWidth: 0 })}---\n\n`;
}
