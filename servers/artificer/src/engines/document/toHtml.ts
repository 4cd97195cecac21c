import { type Block, type Document, headingLevel, isDecorator, isRule } from './portableText.js';
import { plainText, type Span, taskOf, withoutTask } from './portableText.js';
import { TAG_OF } from './inlineTags.js';
import { escape } from './escape.js';
import { languageOf } from './language.js';
import { type Run, runsOf } from './runs.js';
import { type Node, structureOf } from './structure.js';
import { STYLE_SHEET } from './styleSheet.js';
import { isSafeImage } from './urls.js';

export interface HtmlOptions {
	/** Whether the page carries a style sheet. */
	includeStyles: boolean;
	/** Whether the metadata becomes `meta` elements. */
	includeMetadata: boolean;
	/** Class of the element around the content. */
	className: string;
	/** Title of the page; where empty, the metadata's, then the first heading. */
	title: string;
}

/** How options are where nobody set them. */
export const DEFAULT_CLASS = 'document-content';

function runs(content: readonly Run[]): string {
	return content
		.map((run) => {
			if ('text' in run) return escape(run.text).replace(/\n/g, '<br>');
			const inner = runs(run.children);
			if (run.mark.kind === 'link') return `<a href="${escape(run.mark.href)}">${inner}</a>`;
			const tag = isDecorator(run.mark.name) ? TAG_OF[run.mark.name] : 'span';
			return `<${tag}>${inner}</${tag}>`;
		})
		.join('');
}

const inline = (block: Block, spans: readonly Span[]): string =>
	runs(runsOf(spans, block.mark_defs));

function image(block: Block): string {
	const img = isSafeImage(block.url)
		? `<img src="${escape(block.url)}" alt="${escape(block.alt)}">`
		: escape(block.alt);
	const key = block.mark_defs[0]?.key ?? '';
	const [run] = runsOf([{ type: 'span', key: '', text: 'x', marks: [key] }], block.mark_defs);
	const href = run && 'mark' in run && run.mark.kind === 'link' ? run.mark.href : undefined;
	// A link around a picture without a description would have no name to be read out.
	const name = href !== undefined && block.alt.trim() === '' ? ` aria-label="${escape(href)}"` : '';
	const linked = href === undefined ? img : `<a href="${escape(href)}"${name}>${img}</a>`;
	const caption = block.caption === '' ? '' : `<figcaption>${escape(block.caption)}</figcaption>`;
	return `<figure>${linked}${caption}</figure>`;
}

function code(block: Block): string {
	const [name = ''] = block.language.split(/\s/);
	const whole = name === block.language ? '' : ` data-language="${escape(block.language)}"`;
	const language = name === '' ? '' : ` class="language-${escape(name)}"${whole}`;
	// Readers take one line break at the end for the layout of the file.
	const text = escape(block.code.endsWith('\n') ? `${block.code}\n` : block.code);
	return `<pre><code${language}>${text}</code></pre>`;
}

function table(block: Block): string {
	const rows = block.rows.map((row, index) => {
		const tag = index === 0 ? 'th scope="col"' : 'td';
		const end = index === 0 ? 'th' : 'td';
		const cells = row.cells.map(
			(cell) => `<${tag} dir="auto">${inline(block, cell.content)}</${end}>`,
		);
		return `<tr>${cells.join('')}</tr>`;
	});
	const [head = '', ...body] = rows;
	const rest = body.length === 0 ? '' : `\n<tbody>\n${body.join('\n')}\n</tbody>`;
	return `<table>\n<thead>\n${head}\n</thead>${rest}\n</table>`;
}

/** A text block's content with the task's box, if it is one. */
function taskAndText(block: Block): string {
	const task = taskOf(block);
	if (task === undefined) return inline(block, block.children);
	const label = task.done ? 'done' : 'to do';
	const checked = task.done ? ' checked' : '';
	const box = `<input type="checkbox" disabled${checked} aria-label="${label}">`;
	return `${box} ${inline(block, withoutTask(block))}`;
}

function ofBlock(block: Block): string {
	switch (block.type) {
		case 'code':
			return code(block);
		case 'image':
			return image(block);
		case 'table':
			return block.rows.length === 0 ? '' : table(block);
	}
	if (isRule(block)) return '<hr>';
	const level = headingLevel(block);
	const tag = level === undefined ? 'p' : `h${level}`;
	return `<${tag} dir="auto">${taskAndText(block)}</${tag}>`;
}

/** An item of one paragraph, or of one and lists, needs no element around its text. */
function item(children: readonly Node[]): string {
	const [first, ...rest] = children;
	const isTight =
		first?.kind === 'block' &&
		first.block.type === 'block' &&
		headingLevel(first.block) === undefined &&
		!isRule(first.block) &&
		rest.every(({ kind }) => kind === 'list');
	if (!isTight) return `<li>\n${nodes(children)}\n</li>`;
	const lists = rest.length === 0 ? '' : `\n${nodes(rest)}\n`;
	return `<li dir="auto">${taskAndText(first.block)}${lists}</li>`;
}

function nodes(tree: readonly Node[]): string {
	return tree
		.map((node) => {
			if (node.kind === 'block') return ofBlock(node.block);
			if (node.kind === 'quote') return `<blockquote>\n${nodes(node.children)}\n</blockquote>`;
			const tag = node.ordered ? 'ol' : 'ul';
			return `<${tag}>\n${node.items.map(item).join('\n')}\n</${tag}>`;
		})
		.filter((html) => html !== '')
		.join('\n');
}

function titleOf(document: Document, options: HtmlOptions): string {
	const heading = document.content.find((block) => headingLevel(block) !== undefined);
	return (
		options.title ||
		document.metadata['title'] ||
		plainText(heading?.children ?? [])
			.replace(/\s+/g, ' ')
			.trim() ||
		'Document'
	);
}

/** Names that change how a browser shows the page, or what it tells others of it. */
const RESERVED = new Set(['title', 'viewport', 'referrer']);

function metaElements({ metadata }: Document): string[] {
	return Object.entries(metadata)
		.filter(([name]) => !RESERVED.has(name.trim().toLowerCase()))
		.map(([name, content]) => `<meta name="${escape(name)}" content="${escape(content)}">`);
}

/** Writes a whole HTML page in which nothing of the document can run script. */
export async function exportHtml(input: {
	document: Document;
	options: HtmlOptions;
}): Promise<string> {
	const { document, options } = input;
	const head = [
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${escape(titleOf(document, options))}</title>`,
		...(options.includeMetadata ? metaElements(document) : []),
		...(options.includeStyles ? [`<style>\n${STYLE_SHEET}</style>`] : []),
	];
	const body = nodes(structureOf(document.content));
	return [
		'<!DOCTYPE html>',
		`<html lang="${languageOf(document)}">`,
		`<head>\n${head.join('\n')}\n</head>`,
		`<body>\n<main class="${escape(options.className)}">\n${body}\n</main>\n</body>`,
		'</html>\n',
	].join('\n');
}
