// @ts-check
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

// Prints as JSON the links and pictures of the pages that lead nowhere, by GitHub's rules for
// anchors. A process of its own, since the library of these rules is an ES module.

const [checkout = ''] = process.argv.slice(2);
const markdown = new MarkdownIt({ html: true });
const pages = globSync(['*.md', 'docs/*.md', 'servers/*/README.md'], { cwd: checkout }).sort();

/** @param {string} file */
const tokensOf = (file) => markdown.parse(readFileSync(path.join(checkout, file), 'utf8'), {});

/**
 * The anchors of a page's headings.
 *
 * @param {string} file
 */
function anchorsOf(file) {
	const slugger = new GithubSlugger();
	const tokens = tokensOf(file);
	const headings = tokens.flatMap(({ type }, index) =>
		type === 'heading_open' ? [tokens[index + 1]] : [],
	);
	return headings.map((heading) =>
		slugger.slug((heading?.children ?? []).map(({ content }) => content).join('')),
	);
}

/**
 * @param {string} file
 * @returns {string[]} addresses of links and pictures
 */
function addressesIn(file) {
	return tokensOf(file).flatMap(({ children, type, content }) => {
		if (type.startsWith('html'))
			return [...content.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, a = '']) => a);
		return (children ?? []).flatMap((child) => {
			if (child.type === 'html_inline')
				return [...child.content.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, a = '']) => a);
			const address = child.attrGet('href') ?? child.attrGet('src');
			return address ? [String(address)] : [];
		});
	});
}

/**
 * What is wrong with an address, if anything.
 *
 * @param {string} page
 * @param {string} address
 */
function wrongWith(page, address) {
	const [place = '', anchor] = decodeURI(address).split('#');
	const target = place === '' ? page : path.posix.join(path.posix.dirname(page), place);
	const file = path.join(checkout, target);
	if (!existsSync(file)) return 'no such file';
	if (target.endsWith('.png') && statSync(file).size < 1000) return 'no picture';
	if (anchor !== undefined && !anchorsOf(target).includes(anchor)) return 'no such heading';
	return undefined;
}

let checked = 0;
const wrong = [];
for (const page of pages) {
	for (const address of addressesIn(page)) {
		if (/^[a-z]+:/.test(address)) continue;
		checked += 1;
		const reason = wrongWith(page, address);
		if (reason) wrong.push(`${page}: ${address}: ${reason}`);
	}
}
console.log(JSON.stringify({ checked, wrong }, null, 2));
