import { ArtificerClient, failureOf, type Message } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { dangersIn, textIn } from './fixtures/htmlSafety';
import { latinPdf } from './fixtures/pdfs';
import { ADDRESSES, MARKDOWN, MARKUP } from './fixtures/scriptPayloads';

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer({ ARTIFICER_MAX_WAITING_CALLS: '1000' });
	client = new ArtificerClient(server.address);
});

afterAll(async () => {
	client.close();
	await server.stop();
});

async function exported(document: object, options = {}): Promise<string> {
	const request = { document, include_metadata: true, include_styles: true, ...options };
	return String((await client.call('ConversionService/ExportHTML', request)).html);
}

async function imported(how: 'Markdown' | 'HTML', content: string): Promise<Message> {
	const request = { content, include_metadata: true };
	const answer = await client.call(`ConversionService/Import${how}`, request);
	return answer.document as Message;
}

/** Each payload with the dangers that it brought in; none of them may. */
async function dangersOf(
	payloads: readonly string[],
	pageOf: (payload: string) => Promise<string>,
): Promise<Record<string, string[]>> {
	const judged = payloads.map(
		async (payload) => [payload, dangersIn(await pageOf(payload))] as const,
	);
	const found = (await Promise.all(judged)).filter(([, dangers]) => dangers.length > 0);
	return Object.fromEntries(found);
}

describe('a page that comes out runs no script', () => {
	// Breaks when anything of these becomes an element, a handler or an address that runs.
	it('from HTML', async () => {
		const links = ADDRESSES.flatMap((address) => [
			`<a href="${address}">x</a>`,
			`<a href='${address}'><img src='${address}' alt=x></a>`,
			`<figure><a href="${address}"><img src="${address}"></a></figure>`,
			`<table><tr><td><a href="${address}">x</a><img src="${address}"></table>`,
		]);
		const page = async (html: string): Promise<string> => exported(await imported('HTML', html));
		expect(await dangersOf([...MARKUP, ...links], page)).toEqual({});
	});

	it('from Markdown', async () => {
		const page = async (markdown: string): Promise<string> =>
			exported(await imported('Markdown', markdown));
		expect(await dangersOf([...MARKUP, ...MARKDOWN], page)).toEqual({});
	});

	// Breaks when a field is written as it came: this is what nodes and other programs send.
	it('from Portable Text, whatever field it stands in', async () => {
		const page = (text: string): Promise<string> => {
			const mark_defs = [{ key: 'k', type: 'link', href: text }];
			const children = [{ type: 'span', key: text, text, marks: ['k', text] }];
			const cell = { type: text, key: text, content: children };
			const content = [
				{ type: 'block', key: text, style: text, list_item: text, level: 1, children, mark_defs },
				{ type: 'block', style: 'h1', children, mark_defs },
				{ type: 'block', style: 'normal', list_item: 'bullet', level: 1, children, mark_defs },
				{ type: 'image', url: text, alt: text, caption: text, mark_defs },
				{ type: 'code', code: text, language: text },
				{ type: 'table', rows: [{ type: text, key: text, cells: [cell] }], mark_defs },
			];
			const metadata = { [text]: text, title: text, lang: text, Referrer: text, VIEWPORT: text };
			return exported({ content, metadata }, { class_name: text, title: text });
		};
		expect(await dangersOf([...MARKUP, ...ADDRESSES], page)).toEqual({});
	});

	// Breaks when text of a PDF, its title or a file's name gets into the page as markup.
	it('from PDFs and names of files', async () => {
		const printable = MARKUP.filter((payload) => /^[\x20-\x7e]+$/.test(payload));
		const pdf_data = await latinPdf(
			printable.map((payload) => [payload]),
			{ title: '</title><script>alert(1)</script>', author: '"><img src=x onerror=alert(1)>' },
		);
		const answer = await client.call<{ text: string; metadata: Record<string, string> }>(
			'PDFService/ExtractText',
			{ pdf_data },
		);
		const { title = '', author = '' } = answer.metadata;
		const pages = answer.text.split('\f');
		expect(pages).toEqual(printable);
		const asText = async (text: string): Promise<string> => {
			const children = [{ type: 'span', text, marks: [] }];
			const metadata = { author, file: `${text}.pdf` };
			const document = { content: [{ type: 'block', children }], metadata };
			return exported(document, { title: `${title} ${text}.pdf` });
		};
		expect(await dangersOf(pages, asText)).toEqual({});
		for (const page of pages.slice(0, 9)) expect(textIn(await asText(page))).toContain(page);
		const asMarkdown = async (text: string): Promise<string> =>
			exported(await imported('Markdown', text), { title });
		expect(await dangersOf(pages, asMarkdown)).toEqual({});
	});

	it('from a batch', async () => {
		const text = '<script>alert(1)</script>';
		const documents = [{ content: [{ type: 'block', children: [{ type: 'span', text }] }] }];
		const options = { class_name: '"><script>alert(1)</script>', title: '</title><script>' };
		const request = { documents, format: 'EXPORT_FORMAT_HTML', options };
		const [result] = await client.all('ConversionService/BatchExport', request);
		expect(dangersIn(String(result?.output))).toEqual([]);
		expect(textIn(String(result?.output))).toContain(text);
	});

	// Breaks when such addresses leave by Markdown, which others make pages of.
	it('nor hands such an address on as Markdown', async () => {
		for (const href of ADDRESSES) {
			const mark_defs = [{ key: 'k', type: 'link', href }];
			const children = [{ type: 'span', text: 'x', marks: ['k'] }];
			const document = { content: [{ type: 'block', children, mark_defs }] };
			const { markdown } = await client.call('ConversionService/ExportMarkdown', { document });
			expect(dangersIn(await exported(await imported('Markdown', String(markdown))))).toEqual([]);
			expect(String(markdown)).not.toMatch(/\]\(<?\s*(java|vb|live)script:/i);
		}
	});
});

describe('an exported page for everyone', () => {
	// Breaks when a screen reader isn't told the language, or a page has no title or main part.
	it.each([
		['The quick brown fox', {}, 'en'],
		['빠른 갈색 여우가 개를 뛰어넘는다', {}, 'ko'],
		['速い茶色の狐がのろまな犬を飛び越える', {}, 'ja'],
		['敏捷的棕色狐狸跳过懒狗', {}, 'zh'],
		['Le vif renard brun', { lang: 'fr' }, 'fr'],
		['Text', { language: 'not a tag' }, 'en'],
	])('of %j says its language', async (text, metadata, lang) => {
		const content = [{ type: 'block', style: 'h2', children: [{ type: 'span', text }] }];
		const html = await exported({ content, metadata });
		expect(html).toMatch(new RegExp(`^<!DOCTYPE html>\\n<html lang="${lang}">`));
		expect(html).toContain(`<title>${text}</title>`);
		expect(html).toMatch(/<main [^>]*>/);
	});

	// Breaks when a link has no name to be read out.
	it('names a link around a picture without a description', async () => {
		const mark_defs = [{ key: 'k', type: 'link', href: 'https://a.b/c' }];
		const content = [{ type: 'image', url: 'https://a.b/i.png', mark_defs }];
		expect(await exported({ content })).toContain(
			'<a href="https://a.b/c" aria-label="https://a.b/c"><img',
		);
	});

	// Breaks when a colour of the style sheet has too little contrast with what is behind it.
	it('has colours with a contrast of at least 4.5 to 1, in light and in dark', async () => {
		const html = await exported({ content: [] });
		const sheet = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? '';
		const [light = '', dark = ''] = sheet.split('@media (prefers-color-scheme: dark)');
		for (const part of [light, dark]) {
			const colours = (property: string): string[] =>
				[...part.matchAll(new RegExp(`[{;] ?${property}: (#[0-9a-f]{3,6})`, 'g'))].map(
					([, colour = '']) => colour,
				);
			const [texts, grounds] = [colours('color'), colours('background')];
			expect(texts.length).toBeGreaterThan(2);
			expect(grounds.length).toBeGreaterThan(1);
			for (const text of texts) {
				for (const ground of grounds) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
			}
		}
	});
});

test('a payload that is no text for a page is refused as such', async () => {
	const failure = await failureOf(exported({ content: [{ type: '<script>' }] }) as never);
	expect(failure.status).toBe('INVALID_ARGUMENT');
});

/** WCAG's relative luminance of `#abc` or `#aabbcc`. */
function luminance(colour: string): number {
	const digits = colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour;
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const value = parseInt(digits.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of two colours, 1 to 21. */
function contrast(one: string, other: string): number {
	const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}
