import type { PortableTextBlock__Output } from '../../generated/artificer/PortableTextBlock.js';
import type { PortableTextDocument__Output } from '../../generated/artificer/PortableTextDocument.js';
import type { PortableTextSpan__Output } from '../../generated/artificer/PortableTextSpan.js';
import type { MarkDefinition__Output } from '../../generated/artificer/MarkDefinition.js';
import type { TableRow__Output } from '../../generated/artificer/TableRow.js';

/*
 * Portable Text as it is on the wire. What the contract leaves open is settled here:
 *
 * - A block with a `level` and no `list_item` is a further block (paragraph, code, image, table) of
 *   the list item before it.
 * - Style `blockquote` on a list item or a code block, image or table says that it stands in a quote.
 * - A bullet whose text begins with `[ ] ` or `[x] ` is a task.
 * - A linked image has the link as its only mark definition; links in a table's cells are among the
 *   table's mark definitions.
 * - A span's marks go from the outermost to the innermost.
 */
export type Document = PortableTextDocument__Output;
export type Block = PortableTextBlock__Output;
export type Span = PortableTextSpan__Output;
export type MarkDefinition = MarkDefinition__Output;
export type Row = TableRow__Output;

/** Marks that mean something by their name alone; any other is a mark definition's key. */
export const DECORATORS = ['strong', 'em', 'code', 'underline', 'strike-through'] as const;
export type Decorator = (typeof DECORATORS)[number];

export function isDecorator(mark: string): mark is Decorator {
	return (DECORATORS as readonly string[]).includes(mark);
}

/** Deeper lists are drawn at this depth: no person nests so, and programs would run out of stack. */
export const DEEPEST_LEVEL = 32;

/** The heading's level, 1 to 6; undefined for what is none. */
export function headingLevel(block: Block): number | undefined {
	const [, digit] = /^h([1-6])$/.exec(block.style) ?? [];
	return block.type === 'block' && digit !== undefined ? Number(digit) : undefined;
}

export const isRule = (block: Block): boolean => block.type === 'block' && block.style === 'hr';

/** The text of spans, without marks. */
export const plainText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');

/** A block with every field of the wire at its default. */
export function emptyBlock(type: string, key: string): Block {
	return {
		type,
		key,
		style: '',
		children: [],
		mark_defs: [],
		list_item: '',
		level: 0,
		code: '',
		language: '',
		url: '',
		alt: '',
		caption: '',
		rows: [],
	};
}

const TASK = /^\[([ xX])\](?: |$)/;

/** A bullet's task box: whether it is ticked, and the characters of its text that say so. */
export function taskOf(block: Block): { done: boolean; length: number } | undefined {
	if (block.list_item !== 'bullet') return undefined;
	const [box, tick] = TASK.exec(block.children[0]?.text ?? '') ?? [];
	return box === undefined ? undefined : { done: tick !== ' ', length: box.length };
}

/** The block's spans without the characters of its task box. */
export function withoutTask(block: Block): Span[] {
	const [first, ...rest] = block.children;
	const task = taskOf(block);
	if (first === undefined || task === undefined) return block.children;
	return [{ ...first, text: first.text.slice(task.length) }, ...rest];
}
