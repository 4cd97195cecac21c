import { ArtificerClient, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { type Block, type Document, meaningOf } from './fixtures/documents';

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer();
	client = new ArtificerClient(server.address);
});

afterAll(async () => {
	client.close();
	await server.stop();
});

async function fromMarkdown(content: string, options: object = {}): Promise<Document> {
	const request = { content, include_metadata: true, ...options };
	return (await client.call<{ document: Document }>('ConversionService/ImportMarkdown', request))
		.document;
}

async function fromHtml(content: string): Promise<Document> {
	return (await client.call<{ document: Document }>('ConversionService/ImportHTML', { content }))
		.document;
}

async function toHtml(document: Document, options: object = {}): Promise<string> {
	const { html } = await client.call('ConversionService/ExportHTML', { document, ...options });
	return String(html);
}

const paragraph = (text: string, marks: string[] = [], rest: Partial<Block> = {}): Block => ({
	type: 'block',
	style: 'normal',
	children: [{ type: 'span', text, marks }],
	...rest,
});

/** A document as a person would sketch it: what each block is, and its text. */
const sketch = ({ content }: Document): string[] =>
	content.map(({ type, style, list_item, level, code, children = [], url }) => {
		const place = level ? `${level}${list_item ? ` ${list_item}` : ''} ` : '';
		const text = children.map((span) => span.text).join('');
		return `${place}${type === 'block' ? style : type}: ${text || code || url || ''}`;
	});

describe('ImportMarkdown', () => {
	// Breaks when items lose their further paragraphs, code, quotes or levels.
	it('keeps what list items hold', async () => {
		const document = await fromMarkdown(
			'- one\n\n  more\n\n  ```js\n  code\n  ```\n\n  1. deep\n     > quoted\n- two\n\n> quote\n>\n> - item\n>\n>   its second\n',
		);
		expect(sketch(document)).toEqual([
			'1 bullet normal: one',
			'1 normal: more',
			'1 code: code',
			'2 number normal: deep',
			'2 blockquote: quoted',
			'1 bullet normal: two',
			'blockquote: quote',
			'1 bullet blockquote: item',
			'1 blockquote: its second',
		]);
	});

	// Breaks when marks are lost, as a reference server loses them.
	it('keeps marks and their nesting, links and images', async () => {
		const document = await fromMarkdown(
			'**a *b ~~c~~*** `d` [e](http://f.g) <u>h</u>\n\n![i](j.png "k")',
		);
		expect(meaningOf(document).split('\n')).toEqual([
			expect.stringContaining(
				'{strong}a {em,strong}b {em,strike-through,strong}c {code}d {http://f.g}e {underline}h',
			),
			expect.stringContaining('"j.png","i","k"'),
		]);
	});

	// Breaks when front matter's values are not text, or a list in it fails, as it did elsewhere.
	it('makes front matter metadata, lists as JSON', async () => {
		const markdown =
			'---\ntitle: T\ntags: [a, b]\nsize: 1.10\nwhen: 2026-01-02\nmap: {a: 1}\n---\ntext';
		const document = await fromMarkdown(markdown);
		expect(document.metadata).toEqual({
			title: 'T',
			tags: '["a","b"]',
			size: '1.10',
			when: '2026-01-02',
			map: '{"a":"1"}',
		});
		expect(sketch(document)).toEqual(['normal: text']);
		const without = await fromMarkdown(markdown, { include_metadata: false });
		expect(without.metadata).toEqual({});
		expect(sketch(without)).toEqual(['normal: text']);
	});

	it('refuses raw HTML and broken front matter in strict mode only', async () => {
		for (const [content, expected] of [
			['a <b>c</b>', /raw HTML/],
			['---\na: [\n---\ntext', /front matter/],
		] as const) {
			const failure = await failureOf(fromMarkdown(content, { strict_mode: true }));
			expect(failure).toEqual({
				status: 'INVALID_ARGUMENT',
				details: expect.stringMatching(expected),
			});
			expect((await fromMarkdown(content)).content.length).toBeGreaterThan(0);
		}
	});

	// Breaks when nesting or size exhausts stack or time.
	it.each([
		['quotes', '>'.repeat(50_000)],
		['lists', '- '.repeat(20_000)],
		['brackets', '['.repeat(50_000)],
		['emphasis', '*a **'.repeat(20_000)],
		['HTML', '<div>'.repeat(50_000)],
		['backticks', '`a``'.repeat(20_000)],
		[
			'an alias bomb',
			`---\na: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\n---\n`,
		],
	])('comes back from many nested %s', async (_, content) => {
		expect((await fromMarkdown(content)).content).toBeInstanceOf(Array);
	});

	it('reads half a megabyte', async () => {
		const part =
			'# Title\n\nSome **bold** and *thin* text with `code` and a [link](http://x.y).\n\n- a\n- b\n\n';
		const document = await fromMarkdown(part.repeat(6000));
		expect(document.content).toHaveLength(4 * 6000);
	});

	it('makes an empty document of nothing', async () => {
		expect(await fromMarkdown('')).toMatchObject({ content: [], metadata: {} });
	});
});

describe('ImportHTML', () => {
	// Breaks when an element that means something is passed over, or script becomes text.
	it('reads what pages are made of', async () => {
		const document = await fromHtml(
			'<!doctype html><title>T</title><meta name="author" content="A"><style>p{}</style><script>x()</script>' +
				'<nav>n</nav><h2>H</h2><p>a <b>b<br>c</b> &amp; d</p><ul><li>x<ol><li>y</ol><li><p>z</p><p>zz</p></ul>' +
				'<blockquote>q</blockquote><pre><code class="language-js">\nlet a = 1;\n</code></pre><hr>' +
				'<figure><img src="i.png" alt="I"><figcaption>C</figcaption></figure>' +
				'<table><caption>no</caption><tr><th>1</th></tr><tr><td><i>2</i></td></tr></table>',
		);
		expect(document.metadata).toEqual({ title: 'T', author: 'A' });
		expect(sketch(document)).toEqual([
			'normal: n',
			'h2: H',
			'normal: a b\nc & d',
			'1 bullet normal: x',
			'2 number normal: y',
			'1 bullet normal: z',
			'1 normal: zz',
			'blockquote: q',
			'code: \nlet a = 1;',
			'hr: ',
			'image: i.png',
			'normal: no',
			'table: ',
		]);
		expect(document.content.find(({ type }) => type === 'image')).toMatchObject({
			alt: 'I',
			caption: 'C',
		});
	});

	it('comes back from a hundred thousand nested elements', async () => {
		const document = await fromHtml(`${'<div><ul><li>'.repeat(33_000)}deep`);
		expect(sketch(document).at(-1)).toContain('deep');
	});
});

/** Addresses that run script in some browser, in the ways in which they are hidden. */
const HOSTILE = [
	'javascript:alert(1)',
	'JaVaScRiPt:alert(1)',
	' javascript:alert(1)',
	'java\tscript:alert(1)',
	'java\nscript:alert(1)',
	'\u0001javascript:alert(1)',
	'javascript\u00a0:alert(1)',
	'vbscript:msgbox(1)',
	'data:text/html,<script>alert(1)</script>',
	'data:image/svg+xml,<svg onload=alert(1)>',
	'view-source:javascript:alert(1)',
	'blob:http://x/y',
];

describe('script', () => {
	const linked = (href: string): Block =>
		paragraph('text', ['l'], { mark_defs: [{ key: 'l', type: 'link', href }] });

	// Breaks when any of them comes out as an address, from any way in.
	it.each(HOSTILE)('never comes out of %p', async (url) => {
		const image: Block = { type: 'image', url, alt: 'alt' };
		const document = { content: [linked(url), image] };
		const html = await toHtml(document);
		expect(html).not.toMatch(/href=|src=/);
		expect(html).toContain('text');
		const { markdown } = await client.call('ConversionService/ExportMarkdown', { document });
		expect(markdown).toBe('text\n\nalt\n');
		const imported = await fromHtml(`<a href="${url.replaceAll('"', '&quot;')}">text</a>`);
		expect(imported.content[0]?.mark_defs).toEqual([]);
		for (const rpc of ['ConversionService/ExportNotion', 'ConversionService/ExportRoam']) {
			const { json } = await client.call(rpc, { document: { content: [linked(url)] } });
			expect(json).not.toContain(JSON.stringify(url).slice(1, -1));
		}
	});

	// Breaks when text, a class, a title or metadata is written without escaping.
	it('never comes out of text or attributes', async () => {
		const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
		const document: Document = {
			content: [
				paragraph(hostile),
				{ type: 'code', code: hostile, language: hostile },
				{ type: 'image', url: hostile, alt: hostile, caption: hostile },
				{
					type: 'table',
					rows: [{ cells: [{ content: [{ type: 'span', text: hostile, marks: [] }] }] }],
				},
				paragraph('x', ['l'], { mark_defs: [{ key: 'l', type: 'link', href: hostile }] }),
			],
			metadata: { [hostile]: hostile, title: hostile, lang: hostile },
		};
		const options = { include_metadata: true, class_name: hostile, title: hostile };
		const html = await toHtml(document, options);
		expect(html).not.toMatch(/<script|<img src=x|"">/);
		const names = [...html.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name);
		const expected = [
			'html',
			'head',
			'meta',
			'title',
			'body',
			'main',
			'p',
			'pre',
			'code',
			'figure',
			'img',
			'figcaption',
			'table',
			'thead',
			'tr',
			'th',
			'a',
		];
		expect([...new Set(names)].sort()).toEqual([...expected].sort());
	});
});

describe('ExportHTML', () => {
	it('writes a whole page with title, class, style and metadata as asked', async () => {
		const document = { content: [paragraph('Text')], metadata: { author: 'A', lang: 'ko' } };
		const options = {
			include_styles: true,
			include_metadata: true,
			class_name: 'my-class',
			title: 'My <Title>',
		};
		const html = await toHtml(document, options);
		expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="ko">/);
		expect(html).toContain('<title>My &lt;Title&gt;</title>');
		expect(html).toContain('<meta name="author" content="A">');
		expect(html).toContain('<style>');
		expect(html).toContain('<main class="my-class">\n<p dir="auto">Text</p>\n</main>');
		const bare = await toHtml(document);
		expect(bare).not.toContain('<style>');
		expect(bare).not.toContain('name="author"');
		expect(bare).toContain('<main class="document-content">');
	});

	// Breaks when a level that no person writes makes a page that no person can open.
	it('writes a list of an absurd level', async () => {
		const content = [paragraph('deep', [], { list_item: 'bullet', level: 2_000_000_000 })];
		expect((await toHtml({ content })).length).toBeLessThan(3000);
	});

	it.each([
		[{}, /document is missing/],
		[
			{ document: { content: [{ type: 'video' }] } },
			/Block 0 of the document has the type "video"/,
		],
	])('refuses %j', async (request, details) => {
		const failure = await failureOf(client.call('ConversionService/ExportHTML', request));
		expect(failure).toEqual({
			status: 'INVALID_ARGUMENT',
			details: expect.stringMatching(details),
		});
	});
});

interface NotionBlock {
	type: string;
	[body: string]: unknown;
}

interface NotionBody {
	children?: NotionBlock[];
	rich_text?: { text: { content: string } }[];
}

const bodyOf = (block: NotionBlock): NotionBody => block[block.type] as NotionBody;

async function notion(document: Document): Promise<{ children: NotionBlock[] }[]> {
	const { json } = await client.call('ConversionService/ExportNotion', { document });
	return JSON.parse(String(json)) as { children: NotionBlock[] }[];
}

/** Checks every limit of the API, all the way down. */
function checkLimits(blocks: NotionBlock[], depth: number): void {
	expect(blocks.length).toBeLessThanOrEqual(100);
	expect(depth).toBeLessThanOrEqual(2);
	for (const block of blocks) {
		const { children = [], rich_text = [] } = bodyOf(block);
		expect(rich_text.length).toBeLessThanOrEqual(100);
		for (const { text } of rich_text) {
			expect(text.content.length).toBeLessThanOrEqual(2000);
			expect(text.content.isWellFormed()).toBe(true);
		}
		if (children.length > 0) checkLimits(children, depth + 1);
	}
}

const allTexts = (blocks: NotionBlock[]): string =>
	blocks
		.map((block) => {
			const { children = [], rich_text = [] } = bodyOf(block);
			return rich_text.map(({ text }) => text.content).join('') + allTexts(children);
		})
		.join('');

describe('ExportNotion', () => {
	it('writes blocks of the API', async () => {
		const document = await fromMarkdown(
			'# H\n\n**b** [l](http://x.y)\n\n- [x] t\n- a\n  1. n\n\n> q\n\n```ts\nc\n```\n\n---\n\n![i](http://x.y/i.png)\n\n| a |\n| - |\n| b |\n',
		);
		const [request] = await notion(document);
		const blocks = request?.children ?? [];
		expect(blocks.map(({ type }) => type)).toEqual([
			'heading_1',
			'paragraph',
			'to_do',
			'bulleted_list_item',
			'quote',
			'code',
			'divider',
			'image',
			'table',
		]);
		expect(blocks[1]).toEqual({
			object: 'block',
			type: 'paragraph',
			paragraph: {
				rich_text: [
					{ type: 'text', text: { content: 'b' }, annotations: { bold: true } },
					{ type: 'text', text: { content: ' ' } },
					{ type: 'text', text: { content: 'l', link: { url: 'http://x.y' } } },
				],
			},
		});
		expect(blocks[2]).toMatchObject({
			to_do: { checked: true, rich_text: [{ text: { content: 't' } }] },
		});
		expect(blocks[5]).toMatchObject({ code: { language: 'typescript' } });
	});

	// Breaks when one of the API's limits is passed over, or text is lost to keep it.
	it('keeps within the API’s limits and loses no text', async () => {
		const long = '😀'.repeat(150_000);
		const item = (level: number, text: string): Block =>
			paragraph(text, [], { list_item: 'bullet', level });
		const content: Block[] = [
			paragraph(long),
			{ type: 'code', code: long },
			...Array.from({ length: 250 }, (_, index) => paragraph(`p${index} `)),
			item(1, 'top '),
			...Array.from({ length: 120 }, (_, index) => item(2, `second${index} `)),
			...[3, 4, 5, 6].map((level) => item(level, `level${level} `)),
		];
		const requests = await notion({ content });
		for (const { children } of requests) {
			checkLimits(children, 0);
			expect(JSON.stringify(children).length).toBeLessThan(500_000);
		}
		const expected = content.map(
			({ code, children = [] }) => code ?? children.map(({ text }) => text).join(''),
		);
		expect(requests.map(({ children }) => allTexts(children)).join('')).toBe(expected.join(''));
	});

	it('indents when asked', async () => {
		const request = { document: { content: [paragraph('x')] }, pretty_print: true };
		const { json } = await client.call('ConversionService/ExportNotion', request);
		expect(json).toContain('\n  {\n    "children"');
	});
});

describe('ExportRoam', () => {
	it('writes an outline with a title', async () => {
		const document = await fromMarkdown(
			'---\ntitle: T\n---\n# A\n\n**b**\n\n## C\n\n- d\n  - [ ] e\n\n# F\n',
		);
		const { json } = await client.call('ConversionService/ExportRoam', { document });
		expect(JSON.parse(String(json))).toEqual([
			{
				title: 'T',
				children: [
					{
						string: 'A',
						heading: 1,
						children: [
							{ string: '**b**' },
							{
								string: 'C',
								heading: 2,
								children: [{ string: 'd', children: [{ string: '{{[[TODO]]}} e' }] }],
							},
						],
					},
					{ string: 'F', heading: 1 },
				],
			},
		]);
	});
});

describe('BatchExport', () => {
	const documents = Array.from({ length: 30 }, (_, index) => ({
		content: [paragraph(`d${index}`)],
	}));

	// Breaks when a result is lost, mixed up or doubled, or the summary counts something else.
	it.each([
		['EXPORT_FORMAT_MARKDOWN', (index: number) => `d${index}\n`],
		['EXPORT_FORMAT_NOTION', (index: number) => expect.stringContaining(`"d${index}"`)],
		['EXPORT_FORMAT_ROAM', (index: number) => expect.stringContaining(`"d${index}"`)],
		['EXPORT_FORMAT_HTML', (index: number) => expect.stringContaining(`>d${index}<`)],
	])('streams one result a document in %s, then the summary', async (format, expected) => {
		const messages = await client.all('ConversionService/BatchExport', { documents, format });
		const summary = messages.pop();
		expect(summary).toMatchObject({
			index: 0,
			success: false,
			summary: { total_documents: 30, successful: 30, failed: 0 },
		});
		const sorted = [...messages].sort((a, b) => Number(a.index) - Number(b.index));
		expect(sorted).toHaveLength(30);
		sorted.forEach((message, index) => {
			expect(message).toMatchObject({ index, success: true, output: expected(index), error: '' });
		});
	});

	// Breaks when one bad document ends the batch.
	it('answers a bad document by one failed result', async () => {
		const mixed = [...documents.slice(0, 2), { content: [{ type: 'video' }] }];
		const request = { documents: mixed, format: 'EXPORT_FORMAT_MARKDOWN' };
		const messages = await client.all('ConversionService/BatchExport', request);
		expect(messages).toHaveLength(4);
		expect(messages.find(({ index }) => index === 2)).toMatchObject({
			success: false,
			error: expect.stringMatching(
				/^INVALID_ARGUMENT: Block 0 of the document has the type "video"/,
			),
		});
		expect(messages.at(-1)).toMatchObject({ summary: { successful: 2, failed: 1 } });
	});

	it('takes a format’s options', async () => {
		const options = { include_styles: 'false', class_name: 'k', title: 'T' };
		const request = { documents: documents.slice(0, 1), format: 'EXPORT_FORMAT_HTML', options };
		const [first] = await client.all('ConversionService/BatchExport', request);
		expect(first?.output).toMatch(/<title>T<\/title>[^]*<main class="k">/);
		expect(first?.output).not.toContain('<style>');
	});

	it.each([
		[{ documents }, /format is not set/],
		[
			{ documents, format: 'EXPORT_FORMAT_HTML', options: { styles: 'true' } },
			/"styles" is unknown/,
		],
		[
			{ documents, format: 'EXPORT_FORMAT_HTML', options: { include_styles: 'yes' } },
			/include_styles is "yes"/,
		],
	])('refuses what it does not know, without a message', async (request, details) => {
		const failure = await failureOf(client.all('ConversionService/BatchExport', request));
		expect(failure).toEqual({
			status: 'INVALID_ARGUMENT',
			details: expect.stringMatching(details),
		});
	});
});
