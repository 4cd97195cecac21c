import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ArtificerClient } from '../../contract/support/artificerClient';
import { scanOf } from '../../contract/artificer-server/fixtures/images';
import { scanPdf } from '../../contract/artificer-server/fixtures/pdfs';
import { fields, guidePdf } from './files';
import {
	jsonOf,
	reasonOf,
	succeeded,
	withFailingSpecialists,
	withoutServices,
	type Live,
} from './live';

const LINES = [
	'The quick brown fox jumps over the lazy dog.',
	'Optical recognition reads what a scanner saw.',
];

export function documentCases(live: () => Live) {
	let folder: string;

	beforeAll(async () => {
		folder = live().n8n.filesFolder;
		const client = new ArtificerClient(live().artificer.address);
		const scan = await scanOf(client, LINES);
		client.close();
		await writeFile(path.join(folder, 'guide.pdf'), guidePdf);
		await writeFile(path.join(folder, 'scan.pdf'), await scanPdf([scan]));
		await writeFile(path.join(folder, 'broken.pdf'), 'This is no PDF.');
	});

	const inFolder = (name: string) => path.join(folder, name);
	const reading = (name: string, more: object = {}) => ({
		parameters: {
			Settings: fields({ file: inFolder(name), chunk_size: 500, chunk_overlap: 50, ...more }),
		},
	});

	it.each(['hello-artificer', 'markdown-conversion'])(
		'%s: an Artificer that is gone stops the run and is named; broken by a result without it',
		async (id) => {
			expect(reasonOf(await live().run(id, withoutServices))).toContain('127.0.0.1:1');
		},
	);

	it('hello-artificer: a document and its HTML; broken by another text or order', async () => {
		const [result, ...more] = jsonOf(succeeded(await live().run('hello-artificer')), 'Result');
		expect(more).toEqual([]);
		expect(JSON.stringify(result?.document)).toContain('Hello Artificer!');
		expect(result?.html).toMatch(/<h1[^>]*>Hello Artificer!<\/h1>/);
	});

	it('markdown-conversion: four formats and their times; broken by a format that loses the bold words', async () => {
		const [result] = jsonOf(succeeded(await live().run('markdown-conversion')), 'Result');
		expect(result).toEqual({
			html: expect.stringContaining('<strong>bold</strong>'),
			markdown: expect.stringContaining('**bold**'),
			document: expect.anything(),
			notion: expect.stringContaining('"type":"heading_1"'),
			roam: expect.stringContaining('**bold**'),
			processing_times: {
				import_ms: expect.any(Number),
				html_export_ms: expect.any(Number),
				markdown_export_ms: expect.any(Number),
				notion_export_ms: expect.any(Number),
				roam_export_ms: expect.any(Number),
			},
		});
	});

	it.each([
		['guide.pdf', { method: 'direct', pages: 3, has_text_content: true }, 'A Small Guide'],
		['scan.pdf', { method: 'ocr', pages: 1 }, 'quick brown fox'],
	])(
		'pdf-ocr-and-chunks: %s; broken by a wrong way to the text, or chunks without counts',
		async (name, metadata, text) => {
			const run = succeeded(await live().run('pdf-ocr-and-chunks', reading(name)));
			const [result] = jsonOf(run, 'Result');
			const { chunks, total_chunks } = result as {
				chunks: Array<Record<string, string>>;
				total_chunks: number;
			};
			expect(result?.metadata).toMatchObject(metadata);
			expect(total_chunks).toBe(chunks.length);
			expect(chunks[0]).toMatchObject({ id: `${name}_chunk_0`, token_count: expect.any(Number) });
			expect(chunks[0]?.content).toContain(text);
			for (const { content } of chunks) expect(content?.length).toBeLessThanOrEqual(500);
		},
	);

	it.each([
		['guide.pdf', false, 'direct'],
		['scan.pdf', true, 'ocr'],
	])('conditional-ocr: %s; broken by OCR where none is needed', async (name, needs_ocr, method) => {
		const run = succeeded(await live().run('conditional-ocr', reading(name)));
		const [result] = jsonOf(run, 'Result');
		expect(result).toMatchObject({ filename: name, needs_ocr, metadata: { method } });
		expect(result?.estimated_ocr_cost).toBeGreaterThan(0);
		expect(run.data.resultData.runData['Process PDF with OCR'] !== undefined).toBe(needs_ocr);
	});

	it.each(['pdf-ocr-and-chunks', 'conditional-ocr'])(
		'%s: no file, a broken one, no server; broken by a run that ends well without a text',
		async (id) => {
			expect(reasonOf(await live().run(id, reading('missing.pdf')))).toContain('has no file');
			expect(reasonOf(await live().run(id, reading('broken.pdf')))).toContain(
				'can not be read as a PDF',
			);
			const gone = await live().run(id, { ...withoutServices, ...reading('guide.pdf') });
			expect(reasonOf(gone)).toContain('127.0.0.1:1');
		},
	);

	it('batch-pdf: one result a file, and a list of what failed that can be run again; broken by a bad file that stops the others', async () => {
		const pdfs = inFolder('pdfs');
		await mkdir(pdfs);
		for (const name of ['guide.pdf', 'broken.pdf'])
			await copyFile(inFolder(name), path.join(pdfs, name));
		const run = succeeded(
			await live().run('batch-pdf', {
				parameters: { Settings: fields({ folder: pdfs, files: [] }) },
			}),
		);
		const results = jsonOf(run, 'Results');
		expect(results).toHaveLength(2);
		expect(results).toEqual(
			expect.arrayContaining([
				{
					filename: 'guide.pdf',
					status: 'success',
					text: expect.stringContaining('Guide'),
					metadata: expect.objectContaining({ pages: 3 }),
				},
				{
					filename: 'broken.pdf',
					status: 'failed',
					error: expect.stringContaining('can not be read as a PDF'),
				},
			]),
		);
		const csv = await readFile(path.join(pdfs, 'pdf-results.csv'), 'utf8');
		expect(csv.trim().split('\n')).toHaveLength(3);
		expect(await readFile(path.join(pdfs, 'pdf-report.html'), 'utf8')).toContain('1 of 2 read');
		const { files } = JSON.parse(await readFile(path.join(pdfs, 'pdf-failed.json'), 'utf8')) as {
			files: string[];
		};
		expect(files).toEqual(['broken.pdf']);

		await copyFile(inFolder('guide.pdf'), path.join(pdfs, 'broken.pdf'));
		const again = succeeded(
			await live().run('batch-pdf', { parameters: { Settings: fields({ folder: pdfs, files }) } }),
		);
		expect(jsonOf(again, 'Results')).toMatchObject([{ filename: 'broken.pdf', status: 'success' }]);
	});

	it('batch-pdf: an empty folder, and no server; broken by a silent end', async () => {
		const empty = inFolder('empty');
		await mkdir(empty);
		const parameters = { Settings: fields({ folder: empty, files: [] }) };
		const run = succeeded(await live().run('batch-pdf', { parameters }));
		expect(jsonOf(run, 'Results')).toEqual([
			{ filename: empty, status: 'failed', error: 'There is no PDF to read in this folder' },
		]);
		await copyFile(inFolder('guide.pdf'), path.join(empty, 'guide.pdf'));
		const gone = succeeded(await live().run('batch-pdf', { ...withoutServices, parameters }));
		expect(jsonOf(gone, 'Results')).toEqual([
			{ filename: 'guide.pdf', status: 'failed', error: expect.stringContaining('127.0.0.1:1') },
		]);
	});

	describe('processing-report', () => {
		const settings = (files: string) => ({
			Settings: fields({
				document_id: 'report',
				files,
				text: '안녕하세요.',
				language: 'kor',
				quorum: 3,
				strategy: 'ensemble',
				usd_per_million_input_tokens: 1,
				usd_per_million_output_tokens: 1,
			}),
		});

		const reportOf = async (files: string, choices = {}) => {
			const run = await live().run('processing-report', {
				...choices,
				parameters: settings(files),
			});
			return jsonOf(succeeded(run), 'Report Fields')[0];
		};

		it('tells of every file and specialist, with times and cost; broken by a line that is missing', async () => {
			const report = await reportOf(inFolder('*.pdf'));
			const { files, specialists } = report as {
				files: Array<Record<string, unknown>>;
				specialists: unknown[];
			};
			expect(files.map(({ filename }) => filename).sort()).toEqual([
				'broken.pdf',
				'guide.pdf',
				'scan.pdf',
			]);
			expect(specialists).toHaveLength(5);
			expect(report).toMatchObject({ quorum_reached: true });
			expect(report?.cost_usd).toBeGreaterThan(0);
			for (const word of [
				'guide.pdf',
				'broken.pdf',
				'cultural',
				'class="bar failed"',
				'class="bar success"',
			]) {
				expect(report?.report).toContain(word);
			}
		});

		it('is made without an Artificer, and without a FableForge, and says so; broken by a run that ends without a report', async () => {
			const { artificerApi, fableForgeApi } = withoutServices.credentials ?? {};
			const { options } = withoutServices;
			const unread = await reportOf(inFolder('guide.pdf'), {
				options,
				credentials: { artificerApi },
			});
			expect(unread).toMatchObject({ quorum_reached: true, input_tokens: 0 });
			expect(unread?.files).toMatchObject([{ filename: 'guide.pdf', status: 'failed' }]);
			expect(unread?.report).toContain('127.0.0.1:1');
			const untranslated = await reportOf(inFolder('guide.pdf'), {
				options,
				credentials: { fableForgeApi },
			});
			expect(untranslated).toMatchObject({ quorum_reached: false, specialists: [] });
			expect(untranslated?.files).toMatchObject([{ filename: 'guide.pdf', status: 'success' }]);
			expect(untranslated?.report).toMatch(/There is no translation: .*127\.0\.0\.1:1/);
		});

		it('is made without files, and when the quorum is missed; broken by a run that ends without a report', async () => {
			expect(await reportOf(inFolder('none-*.pdf'))).toMatchObject({
				files: [],
				quorum_reached: true,
			});
			const missed = await reportOf(inFolder('none-*.pdf'), withFailingSpecialists);
			expect(missed).toMatchObject({ quorum_reached: false, final_text: '' });
			expect(missed?.report).toContain('the quorum was missed');
		});
	});
}
