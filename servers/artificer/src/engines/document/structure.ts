import { memoryGuard } from '../memoryGuard.js';
import { type Block, DEEPEST_LEVEL, headingLevel, isRule } from './portableText.js';

/** Portable Text's flat blocks as the tree that other formats have. */
export type Node = BlockNode | ListNode | QuoteNode;

export interface BlockNode {
	kind: 'block';
	block: Block;
}

export interface ListNode {
	kind: 'list';
	ordered: boolean;
	items: Node[][];
}

export interface QuoteNode {
	kind: 'quote';
	children: Node[];
}

interface OpenList {
	node: ListNode;
	/** The blocks of its current item. */
	item: Node[];
}

const clamp = (level: number): number => Math.min(Math.max(0, level), DEEPEST_LEVEL);

/** Builds the tree; see portableText.ts for what the fields say together. */
class TreeBuilder {
	readonly root: Node[] = [];
	private lists: OpenList[] = [];
	private quote: QuoteNode | undefined;
	/** Whether the open lists stand within the quote, not the quote within them. */
	private listsInQuote = false;

	add(block: Block): void {
		const quoted = block.style === 'blockquote';
		if (block.list_item !== '') this.addItem(block, quoted);
		else if (clamp(block.level) > 0 && this.lists.length > 0) this.addToItem(block, quoted);
		else {
			this.lists = [];
			this.place(this.root, block, quoted);
		}
	}

	private addItem(block: Block, quoted: boolean): void {
		if (quoted !== this.listsInQuote) this.lists = [];
		this.listsInQuote = quoted;
		const level = Math.max(1, clamp(block.level));
		const ordered = block.list_item === 'number';
		this.lists.length = Math.min(this.lists.length, level);
		if (this.lists.length === level && this.lists.at(-1)?.node.ordered !== ordered) {
			this.lists.pop();
		}
		const isNew = this.lists.length < level;
		while (this.lists.length < level) this.openList(ordered, quoted);
		const list = this.lists.at(-1);
		if (list === undefined) return;
		if (!isNew) {
			list.item = [];
			list.node.items.push(list.item);
		}
		list.item.push({ kind: 'block', block });
		if (!quoted) this.quote = undefined;
	}

	private openList(ordered: boolean, quoted: boolean): void {
		const item: Node[] = [];
		const node: ListNode = { kind: 'list', ordered, items: [item] };
		const parent = this.lists.at(-1)?.item ?? (quoted ? this.openQuote(this.root) : this.root);
		parent.push(node);
		this.lists.push({ node, item });
	}

	private addToItem(block: Block, quoted: boolean): void {
		this.lists.length = Math.min(this.lists.length, clamp(block.level));
		const item = this.lists.at(-1)?.item;
		if (item === undefined) return;
		if (this.listsInQuote) {
			// Headings and rules can't say that they stand in a quote; within its list they do.
			if (quoted || isRule(block) || headingLevel(block) !== undefined) {
				item.push({ kind: 'block', block });
				return;
			}
			this.lists = [];
			this.place(this.root, block, quoted);
			return;
		}
		this.place(item, block, quoted);
	}

	private place(parent: Node[], block: Block, quoted: boolean): void {
		if (quoted) this.openQuote(parent).push({ kind: 'block', block });
		else parent.push({ kind: 'block', block });
		if (!quoted) this.quote = undefined;
	}

	/** The children of the quote at the end of the parent, begun where there is none. */
	private openQuote(parent: Node[]): Node[] {
		if (this.quote === undefined || parent.at(-1) !== this.quote) {
			this.quote = { kind: 'quote', children: [] };
			parent.push(this.quote);
		}
		return this.quote.children;
	}
}

/** The blocks as a tree of lists and quotes. */
export function structureOf(blocks: readonly Block[]): Node[] {
	const builder = new TreeBuilder();
	const guard = memoryGuard();
	for (const block of blocks) {
		guard();
		builder.add(block);
	}
	return builder.root;
}
