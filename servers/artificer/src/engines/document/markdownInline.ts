import { TAG_OF } from './inlineTags.js';
import { type Decorator, isDecorator } from './portableText.js';
import type { ResolvedMark, Run } from './runs.js';

/** Where inline content stands: a line break and a bar mean something else in a cell. */
export type Place = 'paragraph' | 'heading' | 'cell';

/**
 * How it is written: `plain` as a person would, `safe` with all punctuation escaped and HTML tags
 * for marks, for what the plain way can't express.
 */
export type Manner = 'plain' | 'safe';

const DELIMITERS: Readonly<Partial<Record<Decorator, string>>> = {
	strong: '**',
	em: '*',
	'strike-through': '~~',
};

const entity = (character: string): string => `&#${character.codePointAt(0)};`;

/** What would become a link by itself; within a link nothing does. */
const escapeAutolinks = (text: string): string =>
	text
		.replace(/(?<=https?|ftp|mailto):/gi, '\\:')
		.replace(/(?<=\bwww)\./gi, '\\.')
		.replace(/(?<=\w)@(?=\w)/g, '\\@');

/** What Markdown would take for a mark, an entity or a tag. */
function escapePlain(text: string): string {
	return text
		.replace(/[\\`*[\]~]/g, '\\$&')
		.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
		.replace(/&(?=#?\w{1,32};)/g, '\\&')
		.replace(/<(?=[A-Za-z/!?])/g, '\\<');
}

/** All ASCII punctuation escaped, which is always allowed and never wrong. */
const escapeSafe = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, '\\$&');

/** A code span around text without line breaks, with more backticks than are in it. */
function codeSpan(text: string, place: Place): string {
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = /^`|`$|^ .*[^ ].* $/.test(text) ? ' ' : '';
	const content = place === 'cell' ? text.replace(/\|/g, '\\|') : text;
	return `${fence}${pad}${content}${pad}${fence}`;
}

/** A link's target, between angle brackets where it would end too early otherwise. */
export function destination(href: string): string {
	const oneLine = href.replace(/[\r\n]/g, (character) => encodeURIComponent(character));
	const entities = oneLine.replace(/&(?=#?\w{1,32};)/g, '\\&');
	if (/[\s()<>]|^$|[\u0000-\u001f]/.test(oneLine)) {
		return `<${entities.replace(/[<>]|\\(?!&)/g, '\\$&')}>`;
	}
	return entities.replace(/\\(?!&)/g, '\\\\');
}

function plainText(runs: readonly Run[]): string {
	return runs.map((run) => ('text' in run ? run.text : plainText(run.children))).join('');
}

/** White space at a mark's edges keeps it from being one, so it goes outside; nobody sees it. */
function around(delimiter: string, inner: string): string {
	const [, before = '', core = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? [];
	return core === '' ? inner : `${before}${delimiter}${core}${delimiter}${after}`;
}

class InlineWriter {
	private inLink = false;

	constructor(
		private readonly place: Place,
		private readonly manner: Manner,
	) {}

	write(runs: readonly Run[]): string {
		return runs
			.map((run) => ('text' in run ? this.text(run.text) : this.marked(run.mark, run.children)))
			.join('');
	}

	private text(text: string): string {
		const plain = escapePlain(text);
		const unlinked = this.inLink ? plain : escapeAutolinks(plain);
		const escaped = this.manner === 'safe' ? escapeSafe(text) : unlinked;
		return this.place === 'cell' ? escaped.replace(/(?<!\\)\|/g, '\\|') : escaped;
	}

	private marked(mark: ResolvedMark, children: readonly Run[]): string {
		if (mark.kind === 'link') return this.link(mark.href, children);
		if (!isDecorator(mark.name)) return this.write(children);
		if (mark.name === 'code' && this.manner === 'plain') {
			return plainText(children)
				.split('\n')
				.map((line) => (line === '' ? '' : codeSpan(line, this.place)))
				.join('\n');
		}
		const delimiter = DELIMITERS[mark.name];
		const inner = this.write(children);
		if (delimiter !== undefined && this.manner === 'plain') return around(delimiter, inner);
		const tag = TAG_OF[mark.name];
		return `<${tag}>${inner}</${tag}>`;
	}

	private link(href: string, children: readonly Run[]): string {
		const text = plainText(children);
		const isBare = /^[a-z][a-z0-9+.-]{1,31}:[^\s<>\\]*$/i.test(href);
		if (text === href && isBare && children.every((run) => 'text' in run)) {
			return this.place === 'cell' ? `<${href.replace(/\|/g, '\\|')}>` : `<${href}>`;
		}
		const target =
			this.place === 'cell' ? destination(href).replace(/\|/g, '\\|') : destination(href);
		this.inLink = true;
		const inner = this.write(children);
		this.inLink = false;
		return `[${inner}](${target})`;
	}
}

/** What at a line's beginning would begin a block. */
function guardLine(line: string): string {
	return line
		.replace(/^(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+\s*$|-+\s*$|:?-[-:| ]*$|\|)/, '\\$&')
		.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
		.replace(/^\s+|\s+$/g, (space) => [...space].map(entity).join(''));
}

/** Writes inline content for its place. */
export function inlineMarkdown(runs: readonly Run[], place: Place, manner: Manner): string {
	const written = new InlineWriter(place, manner).write(runs);
	if (place === 'cell') return written.split('\n').map(guardLine).join('<br>');
	const entities = written.replace(
		// Between text a hard break says it; elsewhere, and in a heading, only an entity can.
		place === 'heading' ? /\n/g : /(?<=^|\n)\n|\n(?=\n|$)/g,
		entity('\n'),
	);
	const lines = entities.split('\n').map(guardLine).join('\\\n');
	return place === 'heading' ? lines.replace(/#+$/, '\\$&') : lines;
}
