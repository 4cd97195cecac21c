import type { Template } from './folder.js';

/** What is searched for; an empty list or text leaves nothing out. */
export interface Search {
	/** Words that all have to occur, in any order, in any letter case. */
	text: string;
	/** Names of categories, of which a template has to be in one. */
	categories: string[];
	/** Node types, of which a template has to use one. */
	nodes: string[];
}

/** The templates that fit, in the order of the index. */
export function search(templates: readonly Template[], wanted: Search): Template[] {
	const words = fold(wanted.text).split(/\s+/).filter(Boolean);
	return templates.filter((template) => {
		const { name, description, categories, nodeTypes } = template;
		const all = fold([name, description, ...categories, ...nodeTypes].join(' '));
		return (
			words.every((word) => all.includes(word)) &&
			fitsOne(wanted.categories, categories) &&
			fitsOne(wanted.nodes, nodeTypes)
		);
	});
}

function fitsOne(wanted: readonly string[], present: readonly string[]): boolean {
	return wanted.length === 0 || wanted.some((one) => present.includes(one));
}

function fold(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}
