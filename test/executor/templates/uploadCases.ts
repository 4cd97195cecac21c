import { ArtificerClient } from '../../contract/support/artificerClient';
import { scanOf } from '../../contract/artificer-server/fixtures/images';
import { latinPdf } from '../../contract/artificer-server/fixtures/pdfs';
import { guidePdf } from './files';
import { jsonOf, succeeded, until, withoutServices, type Live } from './live';

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
			const webhook = { httpMethod: 'POST', path: name, responseMode: 'responseNode', options: {} };
			await live().activate('pdf-to-html-api', {
				...choices,
				parameters: { 'PDF Request': webhook },
			});
			return `${live().n8n.address}/webhook/${name}`;
		};
		const post = async (address: string, body: Uint8Array | string, type = 'application/pdf') =>
			await fetch(address, {
				method: 'POST',
				headers: { 'content-type': type },
				body: Buffer.from(body),
			});

		it('gives each of 50 requests at once its own page', async () => {
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

		it('gives the result with the names of the contract, for a form, too', async () => {
			const address = await open('html-json');
			const form = new FormData();
			form.append('file', new Blob([guidePdf], { type: 'application/pdf' }), 'guide.pdf');
			const response = await fetch(`${address}?format=json`, { method: 'POST', body: form });
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

		it('answers 400 without a file, 422 for a broken one, 502 without a server', async () => {
			const address = await open('html-wrong');
			const none = await post(address, '{}', 'application/json');
			expect([none.status, await none.json()]).toEqual([
				400,
				{ error: expect.stringContaining('no file') },
			]);
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
	});

	describe('image-ocr', () => {
		const statusOf = async (id = '') => {
			const execution = await live().n8n.request<{ status: string }>(
				'GET',
				`/rest/executions/${id}`,
			);
			return execution.status;
		};

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
			const [id] = await live().n8n.executionsOf(workflow);
			// The page can be asked for once the run waits for that.
			await until(async () => (await statusOf(id)) === 'waiting' || undefined);
			for (const method of ['GET', 'POST']) await (await fetch(formWaitingUrl, { method })).text();
			await until(async () => (await statusOf(id)) !== 'waiting' || undefined);
			return await live().n8n.ended(id ?? '');
		};

		it('fires by its form, reads each picture, and counts', async () => {
			const workflow = await live().activate('image-ocr');
			const run = succeeded(await send(workflow, [scan, Buffer.from('no picture'), scan]));
			const [result] = jsonOf(run, 'Result');
			const { results } = result as { results: Array<Record<string, unknown>> };
			expect(results).toHaveLength(3);
			expect(results[0]).toEqual({
				image_index: 0,
				status: 'success',
				text: expect.stringContaining('quick brown fox'),
				confidence: expect.any(Number),
				provider: 'tesseract',
				high_confidence: true,
			});
			expect(results[1]).toEqual({ image_index: 1, status: 'failed', error: expect.any(String) });
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
