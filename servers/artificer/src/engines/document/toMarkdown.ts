import { writeFrontMatter } from './frontMatter.js';
import { readsAs } from './markdownCheck.js';
import { destination, inlineMarkdown, type Manner } from './markdownInline.js';
import {
	type Block,
	type Document,
	headingLevel,
	isRule,
	type Span,
	taskOf,
	withoutTask,
} from './portableText.js';
import { runsOf } from './runs.js';
import { type ListNode, type Node, structureOf } from './structure.js';
import { isSafeImage, isSafeLink } from './urls.js';

/** Takes the plain manner where it reads back as the block, else the safe one. */
function checked(block: Block, write: (manner: Manner) => string): string {
	const plain = write('plain');
	return plain === '' || readsAs(plain, block) ? plain : write('safe');
}

function text(block: Block): string {
	const level = headingLevel(block);
	const prefix = level === undefined ? '' : `${'#'.repeat(level)} `;
	const place = level === undefined ? 'paragraph' : 'heading';
	const write = (spans: readonly Span[]) => (manner: Manner) =>
		`${prefix}${inlineMarkdown(runsOf(spans, block.mark_defs), place, manner)}`.trimEnd();
	const task = taskOf(block);
	if (task === undefined) return checked(block, write(block.children));
	const rest = withoutTask(block);
	const body = checked({ ...block, children: rest }, write(rest));
	const box = (block.children[0]?.text ?? '').slice(0, task.length).trimEnd();
	return `${box} ${body}`.trimEnd();
}

function code({ code: content, language }: Block): string {
	const info = language
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/\\(?=[!-/:-@[-`{-~])|&(?=#?\w{1,32};)/g, '\\$&');
	const mark = info.includes('`') ? '~' : '`';
	const runs = content.match(mark === '`' ? /`{3,}/g : /~{3,}/g) ?? [];
	const fence = mark.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
	return `${fence}${info}\n${content === '' ? '' : `${content}\n`}${fence}`;
}

/** As text between brackets or quotes: punctuation escaped, on one line. */
const quoted = (value: string): string =>
	value.replace(/\s*\n\s*/g, ' ').replace(/[\\[\]"*_`<&~:@]|(?<=www)\./gi, '\\$&');

function image(block: Block): string {
	if (!isSafeImage(block.url)) return quoted(block.alt);
	const title = block.caption === '' ? '' : ` "${quoted(block.caption)}"`;
	const picture = `![${quoted(block.alt)}](${destination(block.url)}${title})`;
	const href = block.mark_defs[0]?.href;
	return href !== undefined && isSafeLink(href) ? `[${picture}](${destination(href)})` : picture;
}

function table(block: Block): string {
	// The head row says how many columns there are; what is beyond them would be cut off.
	const columns = Math.max(1, ...block.rows.map(({ cells }) => cells.length));
	const write = (manner: Manner): string => {
		const [head = '', ...body] = block.rows.map(({ cells }) => {
			const texts = Array.from({ length: columns }, (_, index) => {
				const runs = runsOf(cells[index]?.content ?? [], block.mark_defs);
				return inlineMarkdown(runs, 'cell', manner);
			});
			return `| ${texts.join(' | ')} |`;
		});
		return [head, `|${' --- |'.repeat(columns)}`, ...body].join('\n');
	};
	return block.rows.length === 0 ? '' : checked(block, write);
}

function ofBlock(block: Block): string {
	switch (block.type) {
		case 'code':
			return code(block);
		case 'image':
			return image(block);
		case 'table':
			return table(block);
	}
	return isRule(block) ? '***' : text(block);
}

/** Indents all lines but the first one and empty ones. */
const indented = (markdown: string, width: number): string =>
	markdown.replace(/\n(?!\n|$)/g, `\n${' '.repeat(width)}`);

/** Whether nothing in the list needs a blank line. */
const isTight = (list: ListNode): boolean =>
	list.items.every((item) =>
		item.every((node, index) => (index === 0 ? node.kind !== 'quote' : node.kind === 'list')),
	);

function list(node: ListNode): string {
	const tight = isTight(node);
	return node.items
		.map((item, index) => {
			const marker = node.ordered ? `${index + 1}. ` : '- ';
			const content = nodes(item, tight ? '\n' : '\n\n');
			return `${marker}${indented(content, marker.length)}`.trimEnd();
		})
		.join(tight ? '\n' : '\n\n');
}

function nodes(tree: readonly Node[], between: string): string {
	return tree
		.map((node) => {
			if (node.kind === 'block') return ofBlock(node.block);
			if (node.kind === 'list') return list(node);
			return nodes(node.children, '\n\n')
				.replace(/^(?=.)/gm, '> ')
				.replace(/^$/gm, '>');
		})
		.filter((markdown, index) => markdown !== '' || index === 0)
		.join(between);
}

/** Writes Markdown that reads back as the same document. */
export async function exportMarkdown(input: {
	document: Document;
	/** Whether the metadata becomes YAML front matter. */
	includeMetadata: boolean;
}): Promise<string> {
	const { content, metadata } = input.document;
	const body = nodes(structureOf(content), '\n\n').trim();
	const front = input.includeMetadata ? writeFrontMatter(metadata) : '';
	return `${front}${body}${body === '' ? '' : '\n'}`;
}
