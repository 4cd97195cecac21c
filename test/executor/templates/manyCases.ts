import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { latinPdf } from '../../contract/artificer-server/fixtures/pdfs';
import { fields, settings } from './files';
import { jsonOf, soon, succeeded, until, type Live } from './live';

const MANY = 500;

/** Enough text for a page to be read without OCR, which takes a hundred times as long. */
const page = Array.from(
	{ length: 8 },
	() => 'The harbour of the town lies in the morning light, and boats come home.',
);

/** The templates that work through many items, with as many as people send at once, and with none. */
export function manyCases(live: () => Live) {
	const folderOf = async (name: string) => {
		const folder = path.join(live().n8n.filesFolder, name);
		await mkdir(folder);
		return folder;
	};
	const textOf = (place: number) => `안녕하세요 ${1000 + place}.`;

	it.each([0, MANY])(
		'batch-translation: %i documents; broken by one that is lost or mixed up',
		async (count) => {
			const documents = Array.from({ length: count }, (_, place) => ({
				document_id: `d${place}`,
				text: textOf(place),
			}));
			const parameters = { 'Sample Documents': fields({ documents }) };
			const run = succeeded(await live().run('batch-translation', { parameters }));
			const results = jsonOf(run, 'Results');
			expect(results.map(({ document_id }) => document_id)).toEqual(
				documents.map(({ document_id }) => document_id),
			);
			results.forEach(({ status, result }, place) => {
				expect(status).toBe('success');
				expect(JSON.stringify(result)).toContain(String(1000 + place));
			});
		},
	);

	it.each([0, MANY])(
		'nightly-translation: %i new texts; broken by one that is left out',
		async (count) => {
			const folder = await folderOf(`nightly-${count}`);
			await writeFile(path.join(folder, 'old.txt'), 'old');
			await writeFile(path.join(folder, 'old.translation.json'), '{}');
			for (let place = 0; place < count; place += 1) {
				await writeFile(path.join(folder, `t${place}.txt`), textOf(place));
			}
			const workflow = await live().activate('nightly-translation', {
				parameters: { 'Every Night at Two': soon(), Settings: fields({ folder, language: 'kor' }) },
			});
			const [run] = await live().executions(workflow, 1);
			await live().deactivate(workflow);
			expect(run && succeeded(run).data.resultData.runData['Only New Ones']).toBeDefined();
			const written = (await readdir(folder)).filter((name) =>
				/^t.*\.translation\.json$/.test(name),
			);
			expect(written).toHaveLength(count);
			for (const name of written.slice(-3)) {
				const number = 1000 + Number(/\d+/.exec(name)?.[0]);
				expect(await readFile(path.join(folder, name), 'utf8')).toContain(String(number));
			}
			expect((await readdir(folder)).includes('translation-report.html')).toBe(count > 0);
		},
	);

	it('batch-pdf: 500 files, of which one is broken; broken by a file that is lost', async () => {
		const folder = await folderOf('pdfs-many');
		const first = path.join(folder, 'f0.pdf');
		await writeFile(first, await latinPdf([page]));
		for (let place = 1; place < MANY - 1; place += 1) {
			await copyFile(first, path.join(folder, `f${place}.pdf`));
		}
		await writeFile(path.join(folder, 'broken.pdf'), 'no PDF');
		const run = succeeded(
			await live().run('batch-pdf', { parameters: { Settings: fields({ folder, files: [] }) } }),
		);
		const results = jsonOf(run, 'Results');
		expect(new Set(results.map(({ filename }) => filename)).size).toBe(MANY);
		expect(results.filter(({ status }) => status === 'failed')).toMatchObject([
			{ filename: 'broken.pdf' },
		]);
	});

	it('processing-report: 500 files on one page; broken by a line that is lost', async () => {
		const folder = await folderOf('report-many');
		const first = path.join(folder, 'f0.pdf');
		await writeFile(first, await latinPdf([page]));
		for (let place = 1; place < MANY; place += 1) {
			await copyFile(first, path.join(folder, `f${place}.pdf`));
		}
		const parameters = settings('processing-report', { files: path.join(folder, '*.pdf') });
		const run = succeeded(await live().run('processing-report', { parameters }));
		const [report] = jsonOf(run, 'Report Fields');
		expect(report?.files).toHaveLength(MANY);
		expect(String(report?.report).match(/f\d+\.pdf/g)?.length).toBeGreaterThanOrEqual(MANY);
	});

	it('image-ocr: 500 pictures in one form; broken by one that is lost', async () => {
		const workflow = await live().activate('image-ocr');
		const form = new FormData();
		for (let place = 0; place < MANY; place += 1) {
			form.append(
				'field-0',
				new Blob([`no picture ${place}`], { type: 'image/png' }),
				`${place}.png`,
			);
		}
		const address = `${live().n8n.address}/form/${workflow}`;
		expect((await fetch(address, { method: 'POST', body: form })).status).toBe(200);
		const id = await until(async () => (await live().n8n.executionsOf(workflow))[0]);
		const run = await live().n8n.ended(id);
		const [result] = jsonOf(run, 'Result') as Array<{ statistics: object; results: unknown[] }>;
		expect(result?.results).toHaveLength(MANY);
		expect(result?.statistics).toMatchObject({ total_images: MANY, successful: 0 });
	});
}
