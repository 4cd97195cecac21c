import { globSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { checkout, read } from '../deploy/files';

/** A block of code in a page. */
export interface Block {
	page: string;
	/** Line of the page, from 1. */
	line: number;
	language: string;
	/** What stands behind the language: how the block is run. A page doesn't show it. */
	runner: string;
	text: string;
	/** The beginning of what stands below it. */
	below: string;
}

/** All pages for people that are written by hand, and those that are made. */
export const pages = globSync(['*.md', 'docs/*.md', 'servers/*/README.md'], {
	cwd: checkout,
}).sort();

const markdown = new MarkdownIt();

/** The blocks of code in a page, indented ones too. */
export function blocksOf(page: string): Block[] {
	const tokens = markdown.parse(read(page), {});
	return tokens.flatMap(({ type, info, content, map }, index) => {
		if (type !== 'fence' && type !== 'code_block') return [];
		const [language = ''] = info.trim().split(' ');
		const below = tokens[index + 1]?.type === 'paragraph_open' ? tokens[index + 2]?.content : '';
		const block: Block = {
			page,
			line: (map?.[0] ?? 0) + 1,
			language,
			runner: info.trim().slice(language.length).trim(),
			text: content,
			below: below ?? '',
		};
		return [block];
	});
}

export const blocks = pages.flatMap(blocksOf);

/** The blocks that are run in a certain way. */
export function runBy(language: string, runner: string): Block[] {
	return blocks.filter((block) => block.language === language && block.runner === runner);
}

/** How a test is called that runs a block. */
export function titled(found: Block[]): Array<[string, Block]> {
	return found.map((block) => [`${block.page}, line ${block.line}`, block]);
}
