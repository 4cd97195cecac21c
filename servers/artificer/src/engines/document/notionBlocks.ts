import { notionLanguage } from './notionLanguages.js';
import { isNotionUrl, plainRichTexts, type RichText, richTexts } from './notionText.js';
import {
	type Block,
	headingLevel,
	isRule,
	type Span,
	taskOf,
	withoutTask,
} from './portableText.js';
import { type Node, structureOf } from './structure.js';

/** A block of the Notion API: what it has besides its type is under the type's own name. */
export interface NotionBlock {
	object: 'block';
	type: string;
	[body: string]: NotionBody | string;
}

export interface NotionBody {
	rich_text?: RichText[];
	children?: NotionBlock[];
	[field: string]: unknown;
}

/** The API's most children of a block in one request. */
const MOST_CHILDREN = 100;
/** Levels below the top level in one request, by the API. */
const DEEPEST = 2;

const make = (type: string, body: NotionBody): NotionBlock => ({
	object: 'block',
	type,
	[type]: body,
});

/** One block a group of texts: what is too long for one goes on in the next. */
const texts = (type: string, groups: RichText[][], more: NotionBody = {}): NotionBlock[] =>
	groups.map((rich_text) => make(type, { rich_text, ...more }));

function textType(block: Block): [string, NotionBody] {
	const task = taskOf(block);
	if (task !== undefined) return ['to_do', { checked: task.done }];
	if (block.list_item === 'bullet') return ['bulleted_list_item', {}];
	if (block.list_item === 'number') return ['numbered_list_item', {}];
	const level = headingLevel(block);
	// Notion has three levels of headings that every version of its API knows.
	return level === undefined ? ['paragraph', {}] : [`heading_${Math.min(3, level)}`, {}];
}

function image(block: Block): NotionBlock[] {
	if (!isNotionUrl(block.url)) {
		return texts('paragraph', plainRichTexts([block.alt, block.url].filter(Boolean).join(' ')));
	}
	const caption = plainRichTexts(block.caption || block.alt)[0];
	return [make('image', { type: 'external', external: { url: block.url }, caption })];
}

/** Tables of at most a hundred rows: the API takes no more in a block. */
function table(block: Block, depth: number): NotionBlock[] {
	const width = Math.max(1, ...block.rows.map(({ cells }) => cells.length));
	const cellsOf = (index: number): RichText[][] =>
		Array.from({ length: width }, (_, column) => {
			const content = block.rows[index]?.cells[column]?.content ?? [];
			return richTexts(content, block.mark_defs)[0] ?? [];
		});
	const indexes = block.rows.map((_, index) => index);
	if (depth >= DEEPEST) {
		// Rows would be a level too deep for the API, so each becomes a line of text.
		return indexes.flatMap((index) => {
			const line = block.rows[index]?.cells.flatMap(({ content }, column): Span[] =>
				column === 0 ? content : [{ type: 'span', key: '', text: ' | ', marks: [] }, ...content],
			);
			return texts('paragraph', richTexts(line ?? [], block.mark_defs));
		});
	}
	const tables: NotionBlock[] = [];
	for (let start = 0; start < indexes.length; start += MOST_CHILDREN) {
		const rows = indexes.slice(start, start + MOST_CHILDREN);
		tables.push(
			make('table', {
				table_width: width,
				has_column_header: start === 0,
				has_row_header: false,
				children: rows.map((index) => make('table_row', { cells: cellsOf(index) })),
			}),
		);
	}
	return tables;
}

function ofBlock(block: Block, depth: number): NotionBlock[] {
	switch (block.type) {
		case 'code':
			return texts('code', plainRichTexts(block.code), {
				language: notionLanguage(block.language),
			});
		case 'image':
			return image(block);
		case 'table':
			return table(block, depth);
	}
	if (isRule(block)) return [make('divider', {})];
	const [type, body] = textType(block);
	return texts(type, richTexts(withoutTask(block), block.mark_defs), body);
}

/** Puts children under a block; those that don't fit follow it on its own level. */
function withChildren(parent: NotionBlock, children: NotionBlock[], depth: number): NotionBlock[] {
	const body = parent[parent.type];
	if (children.length === 0 || typeof body === 'string' || body === undefined) return [parent];
	if (depth >= DEEPEST) return [parent, ...children];
	body.children = children.slice(0, MOST_CHILDREN);
	return [parent, ...children.slice(MOST_CHILDREN)];
}

/** A list's item, or a quote: the first block holds the others. */
function nested(
	nodes: readonly Node[],
	depth: number,
	as: (first: Node | undefined) => NotionBlock[],
) {
	const [first, ...rest] = nodes;
	const blocks = as(first);
	const parent = blocks.at(-1);
	if (parent === undefined) return [];
	const inner = notionBlocks(first?.kind === 'block' ? rest : nodes, Math.min(DEEPEST, depth + 1));
	return [...blocks.slice(0, -1), ...withChildren(parent, inner, depth)];
}

/** The item's own block; one that can't be a list item in Notion stands under an empty one. */
function itemBlocks(first: Node | undefined, ordered: boolean, depth: number): NotionBlock[] {
	const type = ordered ? 'numbered_list_item' : 'bulleted_list_item';
	if (first?.kind !== 'block') return [make(type, { rich_text: [] })];
	const { block } = first;
	if (block.type === 'block' && !isRule(block)) return ofBlock(block, depth);
	const inner = ofBlock(block, Math.min(DEEPEST, depth + 1));
	return withChildren(make(type, { rich_text: [] }), inner, depth);
}

function quoteBlocks(first: Node | undefined): NotionBlock[] {
	if (first?.kind !== 'block' || first.block.type !== 'block')
		return [make('quote', { rich_text: [] })];
	return texts('quote', richTexts(first.block.children, first.block.mark_defs));
}

/** Blocks of the tree; `depth` counts from 0 at the top. */
export function notionBlocks(nodes: readonly Node[], depth = 0): NotionBlock[] {
	return nodes.flatMap((node) => {
		if (node.kind === 'block') return ofBlock(node.block, depth);
		if (node.kind === 'quote') {
			const isText = node.children[0]?.kind === 'block' && node.children[0].block.type === 'block';
			const children: Node[] = isText
				? node.children
				: [{ kind: 'list', ordered: false, items: [] }, ...node.children];
			return nested(children, depth, quoteBlocks);
		}
		return node.items.flatMap((item) =>
			nested(item, depth, (first) => itemBlocks(first, node.ordered, depth)),
		);
	});
}

/** The document's blocks, at the top level. */
export const notionBlocksOf = (blocks: readonly Block[]): NotionBlock[] =>
	notionBlocks(structureOf(blocks));
