import { type Block, type Document, headingLevel, isRule, plainText } from './portableText.js';
import { type Span, taskOf, withoutTask } from './portableText.js';
import { type Run, runsOf } from './runs.js';
import { type Node, structureOf } from './structure.js';

/** A block of Roam Research's JSON import. */
interface RoamBlock {
	string: string;
	/** 1 to 3. */
	heading?: number;
	children?: RoamBlock[];
}

interface RoamPage {
	title: string;
	children: RoamBlock[];
}

const DELIMITERS: Readonly<Record<string, string>> = {
	strong: '**',
	em: '__',
	code: '`',
	'strike-through': '~~',
};

function runs(content: readonly Run[]): string {
	return content
		.map((run) => {
			if ('text' in run) return run.text;
			const inner = runs(run.children);
			if (run.mark.kind === 'link') return `[${inner}](${run.mark.href})`;
			// Roam has no underline; the text stays.
			const delimiter = DELIMITERS[run.mark.name] ?? '';
			return `${delimiter}${inner}${delimiter}`;
		})
		.join('');
}

const inline = (block: Block, spans: readonly Span[]): string =>
	runs(runsOf(spans, block.mark_defs));

/** A table in Roam is a chain: each cell is the child of the cell before it. */
function table(block: Block): RoamBlock {
	const rows = block.rows.map(({ cells }) =>
		cells.reduceRight<RoamBlock | undefined>(
			(next, { content }) => ({
				string: inline(block, content),
				...(next === undefined ? {} : { children: [next] }),
			}),
			undefined,
		),
	);
	return { string: '{{[[table]]}}', children: rows.filter((row) => row !== undefined) };
}

function ofBlock(block: Block): RoamBlock {
	switch (block.type) {
		case 'code':
			return { string: `\`\`\`${block.language}\n${block.code}\`\`\`` };
		case 'image': {
			const image = `![${block.alt}](${block.url})`;
			return { string: block.caption === '' ? image : `${image} ${block.caption}` };
		}
		case 'table':
			return table(block);
	}
	if (isRule(block)) return { string: '---' };
	const task = taskOf(block);
	const text = inline(block, withoutTask(block));
	if (task !== undefined) return { string: `{{[[${task.done ? 'DONE' : 'TODO'}]]}} ${text}` };
	const level = headingLevel(block);
	return level === undefined ? { string: text } : { string: text, heading: Math.min(3, level) };
}

function item(nodes: readonly Node[]): RoamBlock {
	const [first, ...rest] = nodes;
	const own = first?.kind === 'block' ? ofBlock(first.block) : { string: '' };
	const below = blocks(first?.kind === 'block' ? rest : nodes);
	return below.length === 0 ? own : { ...own, children: [...(own.children ?? []), ...below] };
}

/** Roam is an outline: what follows a heading stands under it, deeper headings under higher ones. */
function blocks(nodes: readonly Node[]): RoamBlock[] {
	const root: RoamBlock[] = [];
	const headings: { level: number; block: RoamBlock }[] = [];
	const place = (): RoamBlock[] => {
		const parent = headings.at(-1)?.block;
		return parent === undefined ? root : (parent.children ??= []);
	};
	for (const node of nodes) {
		if (node.kind === 'list') place().push(...node.items.map(item));
		else if (node.kind === 'quote') {
			for (const block of blocks(node.children)) {
				place().push({ ...block, string: `> ${block.string}` });
			}
		} else {
			const block = ofBlock(node.block);
			const level = headingLevel(node.block);
			if (level === undefined) place().push(block);
			else {
				while ((headings.at(-1)?.level ?? 0) >= level) headings.pop();
				place().push(block);
				headings.push({ level, block });
			}
		}
	}
	return root;
}

/** A JSON array with one page, for Roam's «Import Files». */
export async function exportRoam(input: { document: Document; pretty: boolean }): Promise<string> {
	const { content, metadata } = input.document;
	const heading = content.find((block) => headingLevel(block) !== undefined);
	const title = metadata['title'] || plainText(heading?.children ?? []).trim() || 'Untitled';
	const page: RoamPage = { title, children: blocks(structureOf(content)) };
	return JSON.stringify([page], null, input.pretty ? 2 : undefined);
}
