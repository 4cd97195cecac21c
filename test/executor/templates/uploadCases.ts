import { ArtificerClient } from '../../contract/support/artificerClient';
import { scanOf } from '../../contract/artificer-server/fixtures/images';
import { latinPdf } from '../../contract/artificer-server/fixtures/pdfs';
import { guidePdf, token } from './files';
import { jsonOf, reasonOf, succeeded, until, withoutServices, type Live } from './live';
import type { FinishedExecution } from '../support/n8nServer';

/** The templates that are given their files by a webhook or a form. */
export function uploadCases(live: () => Live) {
	let scan: Buffer;

	beforeAll(async () => {
		const client = new ArtificerClient(live().artificer.address);
		scan = await scanOf(client, ['The quick brown fox jumps over the lazy dog.']);
		client.close();
	});

	describe('pdf-to-html-api', () => {
		const open = async (name: string, choices = {}) => {
			const parameters = { 'PDF Request': { path: name } };
			await live().activate('pdf-to-html-api', { ...choices, parameters });
			return `${live().n8n.address}/webhook/${name}`;
		};
		const post = async (address: string, body: Uint8Array | string, type = 'application/pdf') =>
			await fetch(address, {
				method: 'POST',
				headers: { 'content-type': type, ...token },
				body: Buffer.from(body),
			});

		it('gives each of 50 requests at once its own page; broken by an answer that goes to another', async () => {
			const address = await open('html');
			const pdfs = await Promise.all(
				Array.from(
					{ length: 50 },
					async (_, place) => await latinPdf([[`Document number ${1000 + place} is here.`]]),
				),
			);
			const answers = await Promise.all(
				pdfs.map(async (pdf) => {
					const response = await post(address, pdf);
					return {
						status: response.status,
						type: response.headers.get('content-type'),
						text: await response.text(),
					};
				}),
			);
			answers.forEach(({ status, type, text }, place) => {
				expect({ status, type }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
				expect(text.match(/Document number \d+/g)).toEqual([`Document number ${1000 + place}`]);
			});
		});

		it('gives the result with the names of the contract, for a form, too; broken by a name that is changed', async () => {
			const address = await open('html-json');
			const form = new FormData();
			form.append('file', new Blob([guidePdf], { type: 'application/pdf' }), 'guide.pdf');
			const response = await fetch(`${address}?format=json`, {
				method: 'POST',
				headers: token,
				body: form,
			});
			const number = expect.any(Number);
			expect(await response.json()).toEqual({
				html: expect.stringContaining('A Small Guide'),
				metadata: { source: 'pdf', pages: 3, extraction_method: 'direct' },
				processing_stats: {
					text_length: number,
					pdf_processing_ms: number,
					markdown_import_ms: number,
					html_export_ms: number,
					total_ms: number,
				},
			});
		});

		it('answers 422 for a broken PDF, 502 without a server; broken by a failure that is answered 200 or 500', async () => {
			const address = await open('html-wrong');
			const broken = await post(address, 'no PDF');
			expect([broken.status, await broken.json()]).toEqual([
				422,
				{ error: expect.stringContaining('can not be read as a PDF') },
			]);
			const gone = await post(await open('html-gone', withoutServices), guidePdf);
			expect([gone.status, await gone.json()]).toEqual([
				502,
				{ error: expect.stringContaining('127.0.0.1:1') },
			]);
		});

		it('takes one PDF of 10 MB from those who may; broken by a check of size, type or count, or a token, that is left out', async () => {
			const address = await open('html-checked');
			const answerTo = async (sent: Response) => [
				sent.status,
				((await sent.json()) as { error: string }).error,
			];
			expect(await answerTo(await post(address, '{}', 'application/json'))).toEqual([
				400,
				expect.stringContaining('no file'),
			]);
			expect(await answerTo(await post(address, scan, 'image/png'))).toEqual([
				415,
				expect.stringMatching(/^The file is image\/png.* send a PDF/),
			]);
			expect(await answerTo(await post(address, Buffer.alloc(10_000_001)))).toEqual([
				413,
				expect.stringContaining('at most 10 MB'),
			]);
			const form = new FormData();
			for (const name of ['a', 'b']) form.append(name, new Blob([guidePdf]), `${name}.pdf`);
			const two = await fetch(address, { method: 'POST', headers: token, body: form });
			expect(await answerTo(two)).toEqual([400, expect.stringContaining('2 files')]);
			for (const headers of [undefined, { 'x-token': 'guessed' }]) {
				const stranger = await fetch(address, { method: 'POST', headers, body: guidePdf });
				expect(stranger.status).toBe(403);
			}
		});
	});

	describe('pdf-to-html', () => {
		const begin = async (choices = {}) => {
			const workflow = await live().activate('pdf-to-html', choices);
			return { workflow, address: `${live().n8n.address}/form/${workflow}` };
		};
		const send = async (address: string, name?: string, content?: Buffer) => {
			const form = new FormData();
			if (content) {
				form.append('field-0', new Blob([content], { type: 'application/pdf' }), name);
			}
			return await fetch(address, { method: 'POST', body: form });
		};

		it('shows its form, and makes the page of the PDF that a browser sends; broken by a form that is not live', async () => {
			const { workflow, address } = await begin();
			const shown = await (await fetch(address)).text();
			expect(shown).toMatch(/type=['"]file['"]/);
			const sent = await send(address, 'guide.pdf', guidePdf);
			const { formWaitingUrl } = (await sent.json()) as { formWaitingUrl: string };
			const run = await lastPage(live(), workflow, formWaitingUrl);
			expect(jsonOf(succeeded(run), 'Result')).toEqual([
				{
					html: expect.stringContaining('A Small Guide'),
					metadata: { source: 'pdf', pages: 3, extraction_method: 'direct' },
					processing_stats: expect.objectContaining({ total_ms: expect.any(Number) }),
				},
			]);
		});

		it.each([
			['no PDF', 'can not be read as a PDF', {}],
			['a PDF without a server', '127.0.0.1:1', withoutServices],
		])('%s: the run says why; broken by an empty page instead', async (what, why, choices) => {
			const { workflow, address } = await begin(choices);
			await send(address, 'x.pdf', what === 'no PDF' ? Buffer.from(what) : guidePdf);
			const [run] = await live().executions(workflow, 1);
			expect(run && reasonOf(run)).toContain(why);
		});

		it('a form without a file: the run says so; broken by an empty page instead', async () => {
			const { workflow, address } = await begin();
			await send(address);
			const [run] = await live().executions(workflow, 1);
			expect(run && reasonOf(run)).toContain('no file');
		});
	});

	describe('image-ocr', () => {
		const send = async (workflow: string, files: Buffer[]) => {
			const form = new FormData();
			for (const [place, file] of files.entries()) {
				form.append('field-0', new Blob([file], { type: 'image/png' }), `image-${place}.png`);
			}
			const response = await fetch(`${live().n8n.address}/form/${workflow}`, {
				method: 'POST',
				body: form,
			});
			expect(response.status).toBe(200);
			const { formWaitingUrl } = (await response.json()) as { formWaitingUrl: string };
			return await lastPage(live(), workflow, formWaitingUrl);
		};

		it('fires by its form, reads each picture, and counts; broken by a bad picture that stops the others, or by the order in which n8n has received them', async () => {
			const workflow = await live().activate('image-ocr');
			const run = succeeded(await send(workflow, [scan, Buffer.from('no picture'), scan]));
			const [result] = jsonOf(run, 'Result');
			const { results } = result as { results: Array<Record<string, unknown>> };
			expect(results).toHaveLength(3);
			expect(results[0]).toEqual({
				image_index: 0,
				filename: 'image-0.png',
				status: 'success',
				text: expect.stringContaining('quick brown fox'),
				confidence: expect.any(Number),
				provider: 'tesseract',
				high_confidence: true,
			});
			expect(results[1]).toEqual({
				image_index: 1,
				filename: 'image-1.png',
				status: 'failed',
				error: expect.any(String),
			});
			const length = String(results[0]?.text).length;
			expect(result?.statistics).toEqual({
				total_images: 3,
				successful: 2,
				high_confidence_count: 2,
				total_chars_extracted: 2 * length,
				avg_chars_per_image: length,
			});
		});
	});
}

/** Opens the page at the end of a form's only run, as the browser does, and waits for the run's end. */
async function lastPage(live: Live, workflow: string, page: string): Promise<FinishedExecution> {
	const [id = ''] = await live.n8n.executionsOf(workflow);
	const waits = async () =>
		(await live.n8n.request<{ status: string }>('GET', `/rest/executions/${id}`)).status ===
		'waiting';
	// The page can be asked for once the run waits for that.
	await until(async () => (await waits()) || undefined);
	for (const method of ['GET', 'POST']) await (await fetch(page, { method })).text();
	await until(async () => !(await waits()) || undefined);
	return await live.n8n.ended(id);
}
