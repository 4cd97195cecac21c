import { Parser } from 'htmlparser2';
import type { DocumentBuilder } from './builder.js';
import { type Attributes, BLOCKS, HEADING, languageOf, SKIPPED } from './htmlElements.js';
import { DECORATOR_TAGS } from './inlineTags.js';

/** What is collected in place of going into the document. */
interface Collecting {
	tag: string;
	text: string;
	language: string;
	/** Whether nothing has come since its tag. */
	fresh: boolean;
}

/**
 * HTML's events, told to a builder. Works without a tree and without recursion, so that no depth of
 * nesting can exhaust the stack.
 */
export class HtmlReader {
	/** The document's metadata, from its head. */
	readonly metadata: Record<string, string> = {};
	private collecting: Collecting | undefined;
	private skipping: { tag: string; depth: number } | undefined;
	private inHead = false;
	/** Tags of marks that are open, for what a fragment leaves open. */
	private readonly openInline: string[] = [];
	/** An image that may still get a caption from its figure. */
	private figure: { url: string; alt: string; caption: string; href?: string } | undefined;
	private inFigure = false;
	/** White space and line breaks that count only if text follows them in the same block. */
	private pending = '';

	constructor(private readonly builder: DocumentBuilder) {}

	/** Reads a whole page or a fragment. */
	read(html: string): void {
		const parser = new Parser({
			onopentag: (name, attributes) => this.open(name, attributes),
			onclosetag: (name) => this.close(name),
			ontext: (text) => this.text(text),
		});
		parser.end(html);
		this.endInline();
	}

	/** Reads a block of HTML within another language: what it leaves open is closed. */
	readBlock(html: string): void {
		this.builder.endBlock();
		this.read(html);
		this.skipping = undefined;
		this.builder.endBlock();
	}

	/** Reads one tag within another language's text. */
	readInline(tag: string): void {
		if (/^<br[\s/>]/i.test(tag)) return this.builder.text('\n');
		const [, slash, name = ''] = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(tag) ?? [];
		if (slash === '/') return this.close(name.toLowerCase());
		if (name === '') return;
		const parser = new Parser({
			onopentag: (opened, attributes) => this.open(opened, attributes),
		});
		// Not ended: the closing tag comes as a piece of its own.
		parser.write(tag);
	}

	/** Closes what marks are open; they never reach over a block of another language. */
	endInline(): void {
		this.skipping = undefined;
		while (this.openInline.length > 0) this.closeInline(this.openInline.at(-1) ?? '');
	}

	/** Whether what comes stands in an element that is no text for readers. */
	get isSkipping(): boolean {
		return this.skipping !== undefined;
	}

	private open(name: string, attributes: Attributes): void {
		if (this.skipping !== undefined) {
			if (this.skipping.tag === name) this.skipping.depth += 1;
			return;
		}
		if (SKIPPED.has(name)) this.skipping = { tag: name, depth: 1 };
		else if (name === 'head') this.inHead = true;
		else if (name === 'title') this.collect(name, '');
		else if (name === 'meta') this.meta(attributes);
		else if (this.collecting?.tag === 'pre') this.openInPre(name, attributes);
		else if (!this.openInlineTag(name, attributes)) this.openBlock(name, attributes);
	}

	private openInPre(name: string, attributes: Attributes): void {
		if (this.collecting === undefined) return;
		this.collecting.fresh = false;
		if (name === 'code') this.collecting.language ||= languageOf(attributes);
		if (name === 'br') this.collecting.text += '\n';
	}

	private openInlineTag(name: string, attributes: Attributes): boolean {
		const decorator = DECORATOR_TAGS[name];
		if (decorator !== undefined) {
			this.settle();
			this.builder.openMark({ decorator });
			this.openInline.push(name);
			return true;
		}
		switch (name) {
			case 'a':
				if (attributes['href'] === undefined) return true;
				this.settle();
				this.builder.openMark({ href: attributes['href'] });
				this.openInline.push(name);
				return true;
			case 'br':
				this.pending = this.pending.replace(' ', '') + '\n';
				return true;
			case 'img':
				this.image(attributes);
				return true;
			case 'input':
				if (attributes['type']?.toLowerCase() !== 'checkbox') return true;
				this.builder.text(attributes['checked'] === undefined ? '[ ]' : '[x]');
				this.pending = ' ';
				return true;
			default:
				return false;
		}
	}

	private openBlock(name: string, attributes: Attributes): void {
		const { builder } = this;
		if (builder.isInCell && name !== 'td' && name !== 'th' && name !== 'tr') {
			// A cell holds text only: what would be a block in it is parted by a line break.
			if (BLOCKS.has(name)) this.pending = '\n';
			return;
		}
		if (HEADING.test(name)) return builder.beginBlock(name);
		switch (name) {
			case 'blockquote':
				return builder.beginQuote();
			case 'ul':
			case 'menu':
				return builder.beginList('bullet');
			case 'ol':
				return builder.beginList('number');
			case 'li':
				return builder.beginItem();
			case 'pre':
				return this.collect('pre', languageOf(attributes));
			case 'hr':
				return builder.rule();
			case 'table':
				return builder.beginTable();
			case 'tr':
				return builder.beginRow();
			case 'td':
			case 'th':
				return builder.beginCell();
			case 'figure':
				this.inFigure = true;
				return builder.endBlock();
			case 'figcaption':
				return this.figure === undefined ? builder.endBlock() : this.collect(name, '');
			default:
				if (BLOCKS.has(name)) builder.endBlock();
		}
	}

	private close(name: string): void {
		if (this.skipping !== undefined) {
			if (this.skipping.tag !== name) return;
			this.skipping.depth -= 1;
			if (this.skipping.depth === 0) this.skipping = undefined;
			return;
		}
		if (this.collecting?.tag === name) return this.endCollecting(this.collecting);
		if (this.collecting?.tag === 'pre') return;
		if (name === 'head') this.inHead = false;
		else if (this.openInline.includes(name)) this.closeInline(name);
		else this.closeBlock(name);
	}

	private closeInline(name: string): void {
		this.openInline.splice(this.openInline.lastIndexOf(name), 1);
		const decorator = DECORATOR_TAGS[name];
		this.builder.closeMark((mark) =>
			decorator === undefined
				? 'href' in mark
				: 'decorator' in mark && mark.decorator === decorator,
		);
	}

	private closeBlock(name: string): void {
		const { builder } = this;
		if (builder.isInCell && name !== 'td' && name !== 'th' && name !== 'table') return;
		switch (name) {
			case 'blockquote':
				return builder.endQuote();
			case 'ul':
			case 'menu':
			case 'ol':
				return builder.endList();
			case 'li':
				return builder.endItem();
			case 'td':
			case 'th':
				return builder.endCell();
			case 'table':
				return builder.endTable();
			case 'figure':
				return this.endFigure();
			default:
				if (BLOCKS.has(name) || HEADING.test(name)) builder.endBlock();
		}
	}

	private text(text: string): void {
		if (this.skipping !== undefined) return;
		if (this.collecting !== undefined) {
			// A line break right after <pre> is not part of its text.
			const isFirst = this.collecting.fresh && this.collecting.tag === 'pre';
			this.collecting.text += isFirst ? text.replace(/^\r?\n/, '') : text;
			this.collecting.fresh = false;
			return;
		}
		if (this.inHead) return;
		// HTML's own white space only: a no-break space is text.
		const collapsed = text.replace(/[ \t\n\r\f]+/g, ' ');
		const words = collapsed.replace(/^ | $/g, '');
		if (collapsed.startsWith(' ')) this.pending ||= ' ';
		if (words === '') return;
		this.settle();
		this.builder.text(words);
		if (collapsed.endsWith(' ')) this.pending = ' ';
	}

	/** Adds the white space before what comes now; at a block's beginning it is none. */
	private settle(): void {
		if (this.builder.hasText) this.builder.text(this.pending);
		this.pending = '';
	}

	private collect(tag: string, language: string): void {
		if (tag === 'pre') this.builder.endBlock();
		this.collecting = { tag, text: '', language, fresh: true };
	}

	private endCollecting({ tag, text, language }: Collecting): void {
		this.collecting = undefined;
		const line = text.replace(/\s+/g, ' ').trim();
		if (tag === 'pre') this.builder.code(text.replace(/\n$/, ''), language);
		else if (tag === 'figcaption' && this.figure !== undefined) this.figure.caption = line;
		else if (tag === 'title' && line !== '') this.metadata['title'] ??= line;
	}

	private meta({ name, content }: Attributes): void {
		if (name === undefined || content === undefined || name === 'viewport') return;
		this.metadata[name] = content;
	}

	private image(attributes: Attributes): void {
		const image = {
			url: attributes['src'] ?? '',
			alt: attributes['alt'] ?? '',
			caption: attributes['title'] ?? '',
		};
		if (this.inFigure && this.figure === undefined && !this.builder.isInCell) this.figure = image;
		else this.builder.image(image.url, image.alt, image.caption);
	}

	private endFigure(): void {
		this.inFigure = false;
		if (this.figure === undefined) return this.builder.endBlock();
		const { url, alt, caption } = this.figure;
		this.figure = undefined;
		this.builder.image(url, alt, caption);
	}
}
