import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArtificerClient, failureOf, type Message } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import {
	columnsPdf,
	formPdf,
	koreanPdf,
	latinPdf,
	rightToLeftPdf,
	rotatedPdf,
	unembeddedPdf,
	wholeFontPdf,
} from './fixtures/pdfs';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'artificer');
const LINES = ['The quick brown fox jumps', 'over the lazy dog, as ever.'];

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

async function textOf(pdf_data: Buffer, metadata: Record<string, string> = {}): Promise<string> {
	const { text } = await client.call('PDFService/ExtractText', { pdf_data }, { metadata });
	return String(text);
}

describe('ExtractText', () => {
	// Breaks when pages lose their order or their form feed, or metadata its fields.
	it('reads pages in order with a form feed between them, and what the PDF says of itself', async () => {
		const pages = Array.from({ length: 30 }, (_, index) => [`Page ${index + 1}`, ...LINES]);
		const facts = { title: 'A Title', author: '홍길동', creator: 'A Program' };
		const response = await client.call('PDFService/ExtractText', {
			pdf_data: await latinPdf(pages, facts),
		});
		expect(response.text).toBe(pages.map((lines) => lines.join('\n')).join('\f'));
		expect(response.metadata).toMatchObject({
			...facts,
			pages: 30,
			method: 'direct',
			has_text_content: true,
		});
	});

	// Breaks when a subset's glyph ids are taken for text.
	it('reads Korean in an embedded font', async () => {
		const lines = ['안녕하세요, 이것은 테스트입니다.', 'English와 한국어를 함께 씁니다.'];
		expect(await textOf(await koreanPdf(lines))).toBe(lines.join('\n'));
	});

	// Breaks when the list of a font's widths, which is written anew, loses a width or the file's facts.
	it.each([
		['a cross-reference stream', true],
		['a cross-reference table', false],
	])(
		'reads Korean in a font that is embedded as a whole, in a file with %s',
		async (_, streams) => {
			// Without digits, and spaces after Hangul: what pdf-lib writes for those has no meaning.
			const lines = ['안녕하세요,', '테스트입니다.', 'Wide and illicit fill, willing Wagner'];
			const pdf_data = await wholeFontPdf(lines, '제목', streams);
			const { text, metadata } = await client.call('PDFService/ExtractText', { pdf_data });
			expect(text).toBe(lines.join('\n'));
			expect(metadata).toMatchObject({ title: '제목', pages: 1 });
		},
	);

	// Breaks when the engine comes without its predefined character maps.
	it.each([
		['Korean', unembeddedPdf.korean('한국어 문서')],
		['Japanese', unembeddedPdf.japanese('日本語の文書')],
		['Chinese', unembeddedPdf.chinese('简体中文文档')],
	])('reads %s whose font is not in the file', async (_, pdf) => {
		expect(await textOf(pdf)).toMatch(/^(한국어 문서|日本語の文書|简体中文文档)$/);
	});

	// Breaks when right-to-left text comes out as it is drawn, backwards.
	it('reads right-to-left text in the order in which it is read', async () => {
		expect(await textOf(rightToLeftPdf('שלום'))).toBe('שלום');
	});

	// Breaks when places on a turned page are taken for those on the displayed one.
	it.each([90, 180, 270] as const)('reads a page turned by %d degrees', async (angle) => {
		expect(await textOf(await rotatedPdf(angle, LINES))).toBe(LINES.join('\n'));
	});

	// Breaks when lines of two columns are read across both.
	it('reads two columns one after the other, however they are drawn', async () => {
		const left = Array.from(
			{ length: 12 },
			(_, index) => `Left column has its line number ${index}`,
		);
		const right = Array.from(
			{ length: 12 },
			(_, index) => `Right column with the line number ${index}`,
		);
		const text = await textOf(await columnsPdf('A title over both columns', left, right));
		expect(text).toBe(['A title over both columns', ...left, ...right].join('\n'));
	});

	// Breaks when a table's rows are taken for columns of text.
	it('reads a table row by row', async () => {
		const left = ['Name', 'Mass', 'Length', 'Width'];
		const right = ['Value', '12 kg', '3 m', '80 cm'];
		const text = await textOf(await columnsPdf('Facts', left, right));
		expect(text.split(/\s*\n\s*/).slice(1)).toEqual(
			left.map((name, row) => `${name} ${right[row]}`),
		);
	});

	// Breaks when what is filled into a form is no text, or comes apart from its labels.
	it('reads what is filled into a form beside its labels', async () => {
		const text = await textOf(await formPdf({ Name: 'Ada Lovelace', City: 'London' }));
		expect(text).toBe('Name: Ada Lovelace\nCity: London');
	});

	// Breaks when a page without text becomes a failure.
	it('answers an empty text for an empty page', async () => {
		const response = await client.call('PDFService/ExtractText', {
			pdf_data: await latinPdf([[]]),
		});
		expect(response).toMatchObject({ text: '', metadata: { pages: 1, has_text_content: false } });
	});
});

describe('encrypted PDFs', () => {
	const encrypted = (name: string): Buffer => readFileSync(join(FIXTURES, name));

	// Breaks when an encrypted PDF is taken for a broken one, or a password is not tried.
	it.each(['encrypted-aes256.pdf', 'encrypted-rc4.pdf'])(
		'asks for the password of %s',
		async (name) => {
			const pdf_data = encrypted(name);
			const without = await failureOf(client.call('PDFService/ExtractText', { pdf_data }));
			expect(without.status).toBe('FAILED_PRECONDITION');
			expect(without.details).toContain('artificer-pdf-password');
			const metadata = { 'artificer-pdf-password': 'wrong' };
			const wrong = await failureOf(
				client.call('PDFService/ExtractText', { pdf_data }, { metadata }),
			);
			expect(wrong.status).toBe('FAILED_PRECONDITION');
			expect(wrong.details).toContain('does not open it');
			expect(await textOf(pdf_data, { 'artificer-pdf-password': 'secret' })).toBe('A secret page');
		},
	);

	// Breaks when a PDF that anybody may read is answered as encrypted.
	it('reads one that only forbids changes without a password', async () => {
		expect(await textOf(encrypted('encrypted-owner-only.pdf'))).toBe('A secret page');
	});

	// Breaks when a password gets into the log.
	it('never logs a password', () => {
		expect(server.stderr()).not.toMatch(/secret|wrong/);
	});
});

describe('what is no PDF', () => {
	const calls: [string, object][] = [
		['PDFService/ExtractText', {}],
		['PDFService/ProcessPDF', { min_text_threshold: 100 }],
		['PDFService/CheckNeedsOCR', { min_text_threshold: 100 }],
	];
	const bad: [string, () => Promise<Buffer> | Buffer][] = [
		['nothing', () => Buffer.alloc(0)],
		['a header alone', () => Buffer.from('%PDF-1.7\n')],
		['zeros', () => Buffer.alloc(100_000)],
		['an image', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
		['a PDF cut off early', async () => (await latinPdf([LINES])).subarray(0, 200)],
	];
	const cases = calls.flatMap(([rpc, rest]) =>
		bad.map(([what, make]) => ({ rpc, rest, what, make })),
	);

	// Breaks when a bad file is answered by another status, by a text, or by a server that ended.
	it.each(cases)('$rpc answers INVALID_ARGUMENT to $what', async ({ rpc, rest, make }) => {
		const failure = await failureOf(client.call(rpc, { ...rest, pdf_data: await make() }));
		expect(failure.status).toBe('INVALID_ARGUMENT');
		expect(failure.details).toMatch(/Send the whole (PDF )?file/);
	});

	// Breaks when a stream that fails sends an empty message before its status.
	it('ExtractPagesToImages fails without a message', async () => {
		const messages: Message[] = [];
		const read = async (): Promise<object> => {
			const pages = client.stream('PDFService/ExtractPagesToImages', {
				pdf_data: Buffer.from('%PDF'),
			});
			for await (const page of pages) messages.push(page as Message);
			return {};
		};
		expect((await failureOf(read())).status).toBe('INVALID_ARGUMENT');
		expect(messages).toEqual([]);
	});

	// Breaks when the server can't repair what every reader repairs.
	it('reads a PDF whose cross-reference table is lost', async () => {
		const whole = await latinPdf([LINES]);
		const broken = Buffer.from(
			whole.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'),
			'latin1',
		);
		expect(await textOf(broken)).toBe(LINES.join('\n'));
	});
});
