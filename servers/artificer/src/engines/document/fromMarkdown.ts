import type { Token } from 'markdown-it';
import { invalid } from '../../calls/failure.js';
import { DocumentBuilder } from './builder.js';
import { takeFrontMatter } from './frontMatter.js';
import { HtmlReader } from './htmlReader.js';
import { markdownParser as parser } from './markdownParser.js';
import type { Decorator, Document } from './portableText.js';

export interface MarkdownImport {
	content: string;
	/** Whether to refuse raw HTML and unreadable front matter. */
	strict: boolean;
	/** Whether front matter becomes metadata; it is never content. */
	includeMetadata: boolean;
}

const DECORATORS: Readonly<Record<string, Decorator>> = {
	strong: 'strong',
	em: 'em',
	s: 'strike-through',
};

/** Markdown's tokens, told to a builder. */
class MarkdownReader {
	constructor(
		private readonly builder: DocumentBuilder,
		private readonly html: HtmlReader,
		private readonly strict: boolean,
	) {}

	read(tokens: readonly Token[]): void {
		for (const token of tokens) this.block(token);
	}

	private block(token: Token): void {
		const { builder } = this;
		switch (token.type) {
			case 'heading_open':
				return builder.beginBlock(token.tag);
			case 'paragraph_open':
				return builder.beginBlock('normal');
			case 'heading_close':
			case 'paragraph_close':
				return builder.endBlock();
			case 'inline':
				for (const child of token.children ?? []) this.inline(child);
				return this.html.endInline();
			case 'blockquote_open':
				return builder.beginQuote();
			case 'blockquote_close':
				return builder.endQuote();
			case 'bullet_list_open':
				return builder.beginList('bullet');
			case 'ordered_list_open':
				return builder.beginList('number');
			case 'bullet_list_close':
			case 'ordered_list_close':
				return builder.endList();
			case 'list_item_open':
				return builder.beginItem();
			case 'list_item_close':
				return builder.endItem();
			case 'fence':
				return builder.code(
					token.content.replace(/\n$/, ''),
					parser.utils.unescapeAll(token.info.trim()),
				);
			case 'code_block':
				return builder.code(token.content.replace(/\n$/, ''), '');
			case 'hr':
				return builder.rule();
			case 'html_block':
				this.refuseHtml();
				return this.html.readBlock(token.content);
			default:
				return this.table(token.type);
		}
	}

	private table(type: string): void {
		switch (type) {
			case 'table_open':
				return this.builder.beginTable();
			case 'tr_open':
				return this.builder.beginRow();
			case 'th_open':
			case 'td_open':
				return this.builder.beginCell();
			case 'th_close':
			case 'td_close':
				return this.builder.endCell();
			case 'table_close':
				return this.builder.endTable();
		}
	}

	private inline(token: Token): void {
		const { builder } = this;
		if (this.html.isSkipping && token.type !== 'html_inline') return;
		switch (token.type) {
			case 'text':
				return builder.text(token.content);
			case 'softbreak':
				return builder.text(' ');
			case 'hardbreak':
				return builder.text('\n');
			case 'code_inline':
				builder.openMark({ decorator: 'code' });
				builder.text(token.content);
				return builder.closeMark((mark) => 'decorator' in mark && mark.decorator === 'code');
			case 'image':
				return builder.image(attribute(token, 'src'), altOf(token), attribute(token, 'title'));
			case 'link_open':
				return builder.openMark({ href: attribute(token, 'href') });
			case 'link_close':
				return builder.closeMark((mark) => 'href' in mark);
			case 'html_inline':
				this.refuseHtml();
				return this.html.readInline(token.content);
			default:
				return this.decorator(token);
		}
	}

	private decorator(token: Token): void {
		const decorator = DECORATORS[token.tag];
		if (decorator === undefined) return;
		if (token.nesting === 1) this.builder.openMark({ decorator });
		else this.builder.closeMark((mark) => 'decorator' in mark && mark.decorator === decorator);
	}

	private refuseHtml(): void {
		if (!this.strict) return;
		throw invalid(
			'The Markdown holds raw HTML, which strict mode refuses. ' +
				'Take it out, or send strict_mode false to have it read as far as possible.',
		);
	}
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '');

/** An image's description as plain text: it may hold marks and links. */
function altOf(token: Token): string {
	return (token.children ?? [])
		.map((child) => {
			if (child.type === 'image') return altOf(child);
			return child.type === 'softbreak' || child.type === 'hardbreak' ? ' ' : child.content;
		})
		.join('');
}

/** Markdown as markdown-it sees it, front matter not taken off. */
export function readMarkdown(markdown: string, strict: boolean, metadata = {}): Document {
	const builder = new DocumentBuilder();
	const reader = new MarkdownReader(builder, new HtmlReader(builder), strict);
	reader.read(parser.parse(markdown, {}));
	return builder.finish(metadata);
}

/** CommonMark with GFM's tables, strike-through, task lists and autolinks, and YAML front matter. */
export async function importMarkdown(input: MarkdownImport): Promise<Document> {
	const markdown = input.content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const { metadata, body, broken } = takeFrontMatter(markdown);
	if (broken && input.strict) {
		throw invalid(
			'The front matter is no YAML map, which strict mode refuses. ' +
				'Mend it, or send strict_mode false to have it read as text.',
		);
	}
	return readMarkdown(body, input.strict, input.includeMetadata ? metadata : {});
}
