import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import sharp from 'sharp';
import { ArtificerClient, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { scanOf } from './fixtures/images';
import { latinPdf, mixedPdf, scanPdf } from './fixtures/pdfs';

const ENGLISH = [
	'The quick brown fox jumps over the lazy dog.',
	'Optical recognition reads what a scanner saw.',
	'Three lines are enough for a page with text.',
];
const KOREAN = ['안녕하세요 이것은 테스트입니다', '한국어 문서를 읽습니다'];

/** Letters alone: how many spaces a reader sees between letters is a matter of taste. */
const letters = (text: unknown): string => String(text).replace(/\s+/g, '');

function hasProgram(): boolean {
	try {
		const list = execFileSync('tesseract', ['--list-langs'], { encoding: 'utf8' });
		return ['eng', 'kor', 'jpn', 'chi_sim'].every((language) => list.includes(language));
	} catch {
		return false;
	}
}

/** A folder with nothing but Node, so that no `tesseract` is found on the PATH. */
const emptyPath = mkdtempSync(join(tmpdir(), 'artificer-path-'));
symlinkSync(process.execPath, join(emptyPath, 'node'));
afterAll(() => rmSync(emptyPath, { recursive: true }));

// The program of the system is tested where there is one; WebAssembly always.
const engines: [string, string, RegExp][] = [['WebAssembly', emptyPath, /WebAssembly/]];
if (hasProgram()) {
	engines.push(['the system’s program', process.env.PATH ?? '', /^tesseract \d/]);
}

describe.each(engines)('OCR by %s', (_engine, path, model) => {
	let server: ArtificerServer;
	let client: ArtificerClient;

	beforeAll(async () => {
		const PATH = [join(__dirname, '../../../node_modules/node/bin'), path].join(delimiter);
		server = await startArtificerServer({ PATH });
		client = new ArtificerClient(server.address);
	});

	afterAll(async () => {
		client.close();
		await server.stop();
	});

	// Breaks when the engine isn't used, or its account of what it did is made up.
	it('reads English, with confidence and the engine’s name', async () => {
		const image_data = await scanOf(client, ENGLISH);
		const answer = await client.call('ImageService/ExtractTextFromImage', { image_data });
		expect(String(answer.text).split('\n')).toEqual(ENGLISH);
		expect(Number(answer.confidence)).toBeGreaterThan(0.8);
		expect(Number(answer.confidence)).toBeLessThanOrEqual(1);
		expect(answer.metadata).toMatchObject({ provider: 'tesseract', tokens_used: 0, cost: 0 });
		expect((answer.metadata as { model: string }).model).toMatch(model);
	});

	// Breaks when a language's data is missing, or a call's own languages are not used.
	it.each([
		['kor', KOREAN],
		['jpn', ['今日は天気がとても良いです', '明日は雨が降るでしょう']],
		['chi_sim', ['今天天气非常好', '北京是中国的首都']],
	])('reads %s', async (language, lines) => {
		const image_data = await scanOf(client, lines, 24);
		const metadata = { 'artificer-ocr-languages': language };
		const answer = await client.call(
			'ImageService/ExtractTextFromImage',
			{ image_data },
			{ metadata },
		);
		expect(letters(answer.text)).toBe(letters(lines.join('')));
	});

	// Breaks when a picture without text becomes a failure, or gets letters.
	it('reads nothing in a blank picture', async () => {
		const create = { width: 300, height: 200, channels: 3 as const, background: '#fff' };
		const image_data = await sharp({ create }).jpeg().toBuffer();
		const answer = await client.call('ImageService/ExtractTextFromImage', { image_data });
		expect(answer).toMatchObject({ text: '', confidence: 0 });
	});

	// Breaks when "ocr" is said without any being done.
	it('reads a scanned PDF', async () => {
		const pdf_data = await scanPdf([
			await scanOf(client, ENGLISH),
			await scanOf(client, KOREAN, 20),
		]);
		const answer = await client.call('PDFService/ProcessPDF', {
			pdf_data,
			min_text_threshold: 100,
		});
		const [first, second] = String(answer.text).split('\f');
		expect(letters(first)).toBe(letters(ENGLISH.join('')));
		expect(letters(second)).toBe(letters(KOREAN.join('')));
		expect(answer.metadata).toMatchObject({ pages: 2, method: 'ocr', has_text_content: false });
	});

	// Breaks when a whole document is read by OCR because of one page, or a blank page fails.
	it('reads only those pages by OCR that have too little text', async () => {
		const lines = Array.from({ length: 5 }, () => 'Extracted text, in which l and I and 1 differ.');
		const pdf_data = await mixedPdf(lines, await scanOf(client, ENGLISH));
		const answer = await client.call('PDFService/ProcessPDF', {
			pdf_data,
			min_text_threshold: 100,
		});
		const [first, second, third] = String(answer.text).split('\f');
		expect(first).toBe(lines.join('\n'));
		expect(letters(second)).toBe(letters(ENGLISH.join('')));
		expect(third).toBe('');
		expect(answer.metadata).toMatchObject({ pages: 3, method: 'ocr', has_text_content: true });
	});

	// Breaks when text that is there is read by OCR all the same, or force_ocr does nothing.
	it('extracts where there is text, and reads it by OCR only when forced', async () => {
		const pdf_data = await latinPdf([ENGLISH]);
		const rpc = 'PDFService/ProcessPDF';
		const direct = await client.call(rpc, { pdf_data, min_text_threshold: 100 });
		expect(direct).toMatchObject({ text: ENGLISH.join('\n'), metadata: { method: 'direct' } });
		const forced = await client.call(rpc, { pdf_data, min_text_threshold: 100, force_ocr: true });
		expect(forced).toMatchObject({ metadata: { method: 'ocr', has_text_content: true } });
		expect(letters(forced.text)).toBe(letters(ENGLISH.join('')));
	});

	// Breaks when the health check says "ok" of an engine that isn't there.
	it('says that it works', async () => {
		const health = await client.call('MetricsService/HealthCheck');
		expect(health).toMatchObject({ status: 'ok', processors: { ocr: true, pdf: true } });
	});

	// Breaks when an unknown language is read as another one.
	it('names the languages that it knows when asked for another', async () => {
		const metadata = { 'artificer-ocr-languages': 'xyz' };
		const call = client.call(
			'ImageService/ExtractTextFromImage',
			{ image_data: Buffer.alloc(9) },
			{ metadata },
		);
		const failure = await failureOf(call);
		expect(failure.status).toBe('FAILED_PRECONDITION');
		expect(failure.details).toContain('chi_sim, eng, jpn, kor');
	});
});

describe('a server without the configured languages', () => {
	// Breaks when a missing engine is not told.
	it('is degraded', async () => {
		const server = await startArtificerServer({ ARTIFICER_OCR_LANGUAGES: 'xyz' });
		const client = new ArtificerClient(server.address);
		const health = await client.call('MetricsService/HealthCheck');
		expect(health).toMatchObject({ status: 'degraded', processors: { ocr: false, pdf: true } });
		client.close();
		await server.stop();
	});
});
