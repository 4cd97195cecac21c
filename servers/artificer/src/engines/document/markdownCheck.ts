import { readMarkdown } from './fromMarkdown.js';
import { type Block, isDecorator, type MarkDefinition, type Span } from './portableText.js';
import { isSafeLink } from './urls.js';

/** A mark as what it means, so that documents with other keys compare equal. */
function meaning(mark: string, definitions: readonly MarkDefinition[]): string | undefined {
	if (isDecorator(mark)) return mark;
	const href = definitions.find(({ key }) => key === mark)?.href;
	return href !== undefined && isSafeLink(href) ? `link ${href}` : undefined;
}

/** Spans as text in which each piece says its marks; marks of white space don't count. */
function signature(spans: readonly Span[], definitions: readonly MarkDefinition[]): string {
	let result = '';
	let last = '';
	for (const span of spans) {
		const marks = span.marks.map((mark) => meaning(mark, definitions));
		const own = [...new Set(marks.filter((mark) => mark !== undefined))].sort().join('\u0001');
		for (const piece of span.text.match(/\s+|\S+/g) ?? []) {
			const isSpace = piece.trim() === '';
			result += isSpace || own === last ? piece : `\u0002${own}\u0003${piece}`;
			if (!isSpace) last = own;
		}
	}
	return result;
}

function signatureOfBlock(block: Block): string {
	const cells = block.rows.map((row) =>
		row.cells.map(({ content }) => signature(content, block.mark_defs)),
	);
	return JSON.stringify([
		block.type,
		block.style,
		signature(block.children, block.mark_defs),
		cells,
	]);
}

/** Whether the Markdown is read as just this block, whatever list or quote it stands in. */
export function readsAs(markdown: string, block: Block): boolean {
	const { content } = readMarkdown(markdown, false);
	const [read] = content;
	if (content.length !== 1 || read === undefined) return false;
	const style = /^h[1-6]$/.test(block.style) ? block.style : read.style;
	const expected = { ...block, style: block.type === 'block' ? style : '' };
	return signatureOfBlock({ ...read, style: read.style }) === signatureOfBlock(expected);
}
