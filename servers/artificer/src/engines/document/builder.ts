import { tooMuch } from '../../calls/failure.js';
import {
	type Block,
	DEEPEST_LEVEL,
	type Document,
	emptyBlock,
	type MarkDefinition,
	type Span,
} from './portableText.js';
import { isSafeImage, isSafeLink } from './urls.js';

/** An inline mark while it is open: a decorator, or a link. */
export type Mark = { decorator: string } | { href: string };

/** A document of more parts fills memory on its way to the caller; a long book has 50,000. */
const MOST_PARTS = 1_000_000;

interface OpenList {
	item: 'bullet' | 'number';
	/** Whether the list was begun within a quote. */
	quoted: boolean;
	/** Whether its current item has no block yet. */
	fresh: boolean;
}

interface OpenTable {
	block: Block;
	cell: Span[] | undefined;
}

/**
 * Builds Portable Text from the events of a parser: blocks begin and end, lists and quotes nest,
 * marks open and close, text comes. Keys are counted, so that the same input gives the same document.
 */
export class DocumentBuilder {
	private readonly content: Block[] = [];
	private readonly lists: OpenList[] = [];
	private readonly marks: Mark[] = [];
	private quotes = 0;
	private keys = 0;
	private block: Block | undefined;
	private table: OpenTable | undefined;
	/** Whether white space that parted an image from text is still to be skipped. */
	private afterImage = false;

	/** Begins a text block: `normal` or a heading. Ends the one before it. */
	beginBlock(style: string): void {
		this.endBlock();
		this.afterImage = false;
		this.block = this.place(emptyBlock('block', this.key('b')), style);
	}

	/** Ends the text block, if one is open. */
	endBlock(): void {
		if (this.block === undefined) return;
		const { block } = this;
		this.block = undefined;
		const isEmpty = block.children.length === 0;
		const isParagraph = block.style === 'normal' || block.style === 'blockquote';
		// A paragraph without text is seen nowhere; an item without text is.
		if (isEmpty && isParagraph && block.list_item === '') return;
		if (isEmpty) block.children.push(this.span('', []));
		this.content.push(block);
	}

	/** Whether the open block or cell has any text yet. */
	get hasText(): boolean {
		return (this.spans()?.length ?? 0) > 0;
	}

	/** Whether text would go into a table's cell. */
	get isInCell(): boolean {
		return this.table?.cell !== undefined;
	}

	/** Adds text with the open marks; begins a paragraph where none is open. */
	text(added: string): void {
		const text = this.afterImage ? added.trimStart() : added;
		if (text === '') return;
		this.afterImage = false;
		if (this.spans() === undefined) this.beginBlock('normal');
		const owner = this.block ?? this.table?.block;
		const spans = this.spans();
		if (owner === undefined || spans === undefined) return;
		const marks = this.marksFor(owner);
		const last = spans.at(-1);
		if (last !== undefined && last.marks.join('\n') === marks.join('\n')) last.text += text;
		else spans.push(this.span(text, marks));
	}

	openMark(mark: Mark): void {
		this.marks.push(mark);
	}

	/** Closes the innermost open mark that fits; does nothing where there is none. */
	closeMark(fits: (mark: Mark) => boolean): void {
		const index = this.marks.findLastIndex(fits);
		if (index >= 0) this.marks.splice(index, 1);
	}

	beginQuote(): void {
		this.endBlock();
		this.quotes += 1;
	}

	endQuote(): void {
		this.endBlock();
		this.quotes = Math.max(0, this.quotes - 1);
	}

	beginList(item: 'bullet' | 'number'): void {
		this.endBlock();
		// An item that begins with a list has no text of its own, so nothing is lost without a block.
		const parent = this.lists.at(-1);
		if (parent !== undefined) parent.fresh = false;
		this.lists.push({ item, quoted: this.quotes > 0, fresh: false });
	}

	endList(): void {
		this.endItem();
		this.lists.pop();
	}

	beginItem(): void {
		this.endItem();
		const list = this.lists.at(-1);
		if (list !== undefined) list.fresh = true;
	}

	/** Ends the item; an empty one becomes an empty block. */
	endItem(): void {
		this.endBlock();
		if (this.lists.at(-1)?.fresh === true) {
			this.beginBlock('normal');
			this.endBlock();
		}
	}

	/** Adds a code block; `code` comes without its last line break. */
	code(code: string, language: string): void {
		this.endBlock();
		const block = this.place(emptyBlock('code', this.key('b')), '');
		this.content.push(Object.assign(block, { code, language }));
	}

	rule(): void {
		this.endBlock();
		const block = this.place(emptyBlock('block', this.key('b')), 'hr');
		block.children.push(this.span('', []));
		this.content.push(block);
	}

	/**
	 * Adds an image. It ends the text block around it, which goes on after it; in a table's cell,
	 * which holds only text, it becomes a link to it.
	 */
	image(url: string, alt: string, caption: string): void {
		if (!isSafeImage(url)) return this.text(alt);
		if (this.isInCell) return this.linkedText(url, alt === '' ? url : alt);
		const last = this.block?.children.at(-1);
		if (last === undefined) this.dropBlock();
		else last.text = last.text.trimEnd();
		this.endBlock();
		const block = this.place(emptyBlock('image', this.key('b')), '');
		Object.assign(block, { url, alt, caption });
		const link = this.marks.findLast((mark) => 'href' in mark);
		if (link !== undefined) this.define(block, link.href);
		this.content.push(block);
		this.afterImage = true;
	}

	beginTable(): void {
		this.endBlock();
		this.table = { block: this.place(emptyBlock('table', this.key('b')), ''), cell: undefined };
	}

	beginRow(): void {
		// A caption is a paragraph of its own, before the table.
		this.endBlock();
		this.table?.block.rows.push({ type: 'row', key: this.key('r'), cells: [] });
	}

	beginCell(): void {
		const row = this.table?.block.rows.at(-1);
		if (this.table === undefined || row === undefined) return;
		this.table.cell = [];
		row.cells.push({ type: 'cell', key: this.key('c'), content: this.table.cell });
	}

	endCell(): void {
		const cell = this.table?.cell;
		if (this.table === undefined || cell === undefined) return;
		if (cell.length === 0) cell.push(this.span('', []));
		this.table.cell = undefined;
	}

	endTable(): void {
		this.endCell();
		if (this.table !== undefined && this.table.block.rows.length > 0) {
			this.content.push(this.table.block);
		}
		this.table = undefined;
	}

	finish(metadata: Record<string, string>): Document {
		this.endTable();
		this.endBlock();
		return { content: this.content, metadata };
	}

	private key(prefix: string): string {
		this.keys += 1;
		if (this.keys > MOST_PARTS) {
			throw tooMuch(
				`The document has more than ${MOST_PARTS} blocks, spans and cells. Split it into smaller ones.`,
			);
		}
		return `${prefix}${this.keys.toString(36)}`;
	}

	private span(text: string, marks: string[]): Span {
		return { type: 'span', key: this.key('s'), text, marks };
	}

	private spans(): Span[] | undefined {
		return this.block?.children ?? this.table?.cell;
	}

	/** Gives the open block's place in the list back, so that what comes instead takes it. */
	private dropBlock(): void {
		const list = this.lists.at(-1);
		if (list !== undefined && this.block?.list_item !== '') list.fresh = true;
		this.block = undefined;
	}

	/** Sets what a block has of the lists and quotes around it. */
	private place(block: Block, style: string): Block {
		const list = this.lists.at(-1);
		const inQuote = this.quotes > 0;
		const plain = style === '' || style === 'normal';
		block.style = inQuote && plain ? 'blockquote' : style;
		if (list === undefined) return block;
		block.level = Math.min(this.lists.length, DEEPEST_LEVEL);
		if (list.fresh) block.list_item = list.item;
		list.fresh = false;
		return block;
	}

	private marksFor(owner: Block): string[] {
		const names: string[] = [];
		for (const mark of this.marks) {
			const name = 'href' in mark ? this.define(owner, mark.href) : mark.decorator;
			if (name !== undefined && !names.includes(name)) names.push(name);
		}
		return names;
	}

	/** The key of the owner's mark definition for a link; undefined for a link that is refused. */
	private define(owner: Block, href: string): string | undefined {
		if (!isSafeLink(href)) return undefined;
		const known = owner.mark_defs.find((definition) => definition.href === href);
		if (known !== undefined) return known.key;
		const definition: MarkDefinition = { key: this.key('m'), type: 'link', href };
		owner.mark_defs.push(definition);
		return definition.key;
	}

	private linkedText(href: string, text: string): void {
		this.openMark({ href });
		this.text(text);
		this.closeMark((mark) => 'href' in mark && mark.href === href);
	}
}
