import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createServer, type Server } from 'node:net';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickCase } from '../support/quickExecutor';
import { itemsOf, type WorkflowNode } from '../support/workflows';
import { brokenPdf, pdf, png } from './cases';

let executor: QuickExecutor;
let server: ArtificerServer;

beforeAll(async () => {
	executor = await QuickExecutor.start();
	server = await startArtificerServer();
});

afterAll(async () => {
	await executor.close();
	await server.stop();
});

function caseOf(
	parameters: IDataObject,
	items: INodeExecutionData[],
	settings: Partial<WorkflowNode> = {},
	address = server.address,
): QuickCase {
	return {
		workflow: new WorkflowBuilder()
			.artificer('Node', parameters, settings)
			.chain('Start', 'Node')
			.build(),
		credentials: { artificer: { address } },
		pinData: { Start: items },
		storeFiles: true,
	};
}

function withFile(file: typeof pdf, json: IDataObject = {}): INodeExecutionData {
	const data = file.content.toString('base64');
	return { json, binary: { data: { data, fileName: file.name, mimeType: file.mimeType } } };
}

const countTokens = { resource: 'text', operation: 'countTokens', options: { retries: 0 } };
const extractText = { resource: 'pdf', operation: 'extractText' };

describe('items', () => {
	// Broken by results in the order in which they happen to come.
	it('come back in their order, a thousand of them', async () => {
		const texts = Array.from({ length: 1000 }, (_, index) => ({ text: 'word '.repeat(index + 1) }));
		const finished = await executor.run(
			caseOf({ ...countTokens, options: { atOnce: 50 } }, inputItems(...texts).Start ?? []),
		);
		const counts = itemsOf(finished, 'Node').map(({ json }) => Number(json.token_count));
		expect(counts).toHaveLength(1000);
		expect(counts).toEqual([...counts].sort((a, b) => a - b));
	});

	// Broken by reading a field once for all items, or otherwise than n8n works its expression out.
	it('have a field of their own read as n8n reads it', async () => {
		const texts = ['one two', 7, true, { a: [1] }, ['x'], null, '', '={{ 1 + 1 }}'];
		const items = [...texts.map((text) => ({ json: { text } })), { json: {} }];
		const [direct, worked] = await Promise.all(
			['={{ $json.text }}', '={{ $json["text"] }}'].map(async (content) =>
				itemsOf(
					await executor.run(
						caseOf({ ...countTokens, content }, items, { onError: 'continueRegularOutput' }),
					),
					'Node',
				).map(({ json: { error, token_count } }) => error ?? token_count),
			),
		);
		expect(direct).toEqual(worked);
		expect(new Set(direct).size).toBeGreaterThan(4);
	});

	// Broken by adding the input's fields without being asked, or to failed items.
	it('carry the input fields where the user wants it, failed ones never', async () => {
		const items = [withFile(pdf, { id: 'a' }), withFile(brokenPdf, { id: 'b' })];
		const finished = await executor.run(
			caseOf({ ...extractText, options: { includeInput: true, retries: 0 } }, items, {
				onError: 'continueRegularOutput',
			}),
		);
		const [good, failed] = itemsOf(finished, 'Node');
		expect(good?.json).toMatchObject({ id: 'a' });
		expect(failed?.json).not.toHaveProperty('id');
		const plain = await executor.run(
			caseOf({ ...extractText, options: { retries: 0 } }, items.slice(0, 1)),
		);
		expect(itemsOf(plain, 'Node')[0]?.json).not.toHaveProperty('id');
	});

	// Broken by a message that doesn't say where the file is.
	it('without the file say which files there are', async () => {
		const finished = await executor.run(
			caseOf({ ...extractText, pdfField: 'attachment', options: {} }, [withFile(pdf)]),
		);
		const failure = finished.data.resultData.error;
		expect(failure?.message).toBe('This item has no file in the field "attachment"');
		expect(failure?.description).toContain('It has files in: data');
	});

	// Broken by knowing only the name of a field: as an agent's tool the node gets no files.
	it('may point to a file of an earlier node by an expression', async () => {
		const workflow = new WorkflowBuilder()
			.set('Without Files', '({ nothing: true })')
			.artificer('Node', {
				...extractText,
				pdfField: '={{ $("Start").item.binary.data }}',
				options: {},
			})
			.chain('Start', 'Without Files', 'Node')
			.build();
		const finished = await executor.run({
			workflow,
			credentials: { artificer: { address: server.address } },
			pinData: { Start: [withFile(pdf)] },
			storeFiles: true,
		});
		expect(finished.data.resultData.error?.message).toBeUndefined();
		expect(itemsOf(finished, 'Node')[0]?.json.text).toContain('안녕하세요');
	});
});

describe('files', () => {
	// Broken by images that aren't what their name says, or by holding all pages in one message.
	it('come out as one item a page, or all in one', async () => {
		const pages = { resource: 'pdf', operation: 'extractPageImages', dpi: 40, format: 'jpeg' };
		const each = await executor.run(caseOf({ ...pages, options: {} }, [withFile(pdf)]));
		const items = itemsOf(each, 'Node');
		expect(items.map(({ json }) => json.page_number)).toEqual([1, 2, 3]);
		expect(items[0]?.binary?.data).toMatchObject({
			fileName: 'guide-page-001.jpeg',
			mimeType: 'image/jpeg',
		});
		const bytes = await executor.file(items[0]?.binary?.data?.id ?? '');
		expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
		const one = await executor.run(
			caseOf({ ...pages, pagesAs: 'one', options: {} }, [withFile(pdf)]),
		);
		expect(itemsOf(one, 'Node')).toHaveLength(1);
		expect(Object.keys(itemsOf(one, 'Node')[0]?.binary ?? {})).toEqual([
			'data_1',
			'data_2',
			'data_3',
		]);
	});

	// Broken by a file name that leaves its folder.
	it('never get a name that leads out of their folder', async () => {
		const parameters = {
			resource: 'document',
			operation: 'exportHtml',
			document: [{ _type: 'block', children: [{ text: 'x' }] }],
			outputAs: 'file',
			fileName: '../../etc/passwd.html',
			options: {},
		};
		const finished = await executor.run(caseOf(parameters, [{ json: {} }]));
		// n8n takes folders out of a file's own name; the name told beside it is ours alone.
		expect(itemsOf(finished, 'Node')[0]?.json.file_name).toBe('passwd.html');
		expect(itemsOf(finished, 'Node')[0]?.binary?.data).toMatchObject({
			fileName: 'passwd.html',
			mimeType: 'text/html',
		});
	});

	// Broken by taking a name that came in for one that goes out.
	it.each([
		['../../etc/evil.pdf', 'evil-page-001.png'],
		['..\\..\\evil.pdf', 'evil-page-001.png'],
		['/etc/cron.d/evil.pdf', 'evil-page-001.png'],
		['..', 'document-page-001.png'],
		['ev\u0000il\n.pdf', 'evil-page-001.png'],
	])('that come in as %j go out as %s', async (name, expected) => {
		const parameters = { resource: 'pdf', operation: 'extractPageImages', dpi: 10, options: {} };
		const finished = await executor.run(caseOf(parameters, [withFile({ ...pdf, name })]));
		expect(itemsOf(finished, 'Node')[0]?.binary?.data?.fileName).toBe(expected);
	});

	// Broken by an image whose ending doesn't fit.
	it('of converted images have the ending of their format', async () => {
		const parameters = { resource: 'image', operation: 'convert', format: 'webp', options: {} };
		const finished = await executor.run(caseOf(parameters, [withFile(png)]));
		expect(itemsOf(finished, 'Node')[0]?.binary?.data).toMatchObject({
			fileName: 'pixel.webp',
			mimeType: 'image/webp',
		});
	});
});

describe('the cache', () => {
	// Broken by asking twice, or by not saying so.
	it('gives the text of the same PDF again, and says so', async () => {
		const unique = { ...pdf, content: Buffer.concat([pdf.content, Buffer.from('\n% cache\n')]) };
		const first = await executor.run(caseOf({ ...extractText, options: {} }, [withFile(unique)]));
		expect(itemsOf(first, 'Node')[0]?.json.metadata).not.toHaveProperty('cached');
		const again = await executor.run(caseOf({ ...extractText, options: {} }, [withFile(unique)]));
		expect(itemsOf(again, 'Node')[0]?.json.metadata).toHaveProperty('cached', true);
		const [task] = again.data.resultData.runData.Node ?? [];
		expect(task?.hints?.map(({ message }) => message).join()).toContain('came from the cache');
	});

	// Broken by a key on a part of the file: both begin with the same bytes.
	it('tells two PDFs apart that begin alike', async () => {
		const head = Buffer.concat([pdf.content, Buffer.from('\n% one\n')]);
		const other = Buffer.concat([pdf.content, Buffer.from('\n% two\n')]);
		const items = [withFile({ ...pdf, content: head }), withFile({ ...pdf, content: other })];
		const finished = await executor.run(caseOf({ ...extractText, options: { atOnce: 1 } }, items));
		for (const { json } of itemsOf(finished, 'Node')) {
			expect(json.metadata).not.toHaveProperty('cached');
		}
	});

	// Broken by answers that are kept only when all have succeeded.
	it('keeps what had succeeded when an item stopped the node', async () => {
		const unique = { ...pdf, content: Buffer.concat([pdf.content, Buffer.from('\n% stopped\n')]) };
		const asked = () => server.stderr().split('PDFService/ExtractText","status":"OK"').length - 1;
		const before = asked();
		const given = caseOf({ ...extractText, options: { atOnce: 1, retries: 0 } }, [
			withFile(unique),
			withFile(brokenPdf),
		]);
		for (const run of [await executor.run(given), await executor.run(given)]) {
			expect(run.data.resultData.error?.message).toContain('broken.pdf');
		}
		expect(asked()).toBe(before + 1);
	});

	// Broken by a cache that can't be switched off.
	it('can be switched off', async () => {
		const parameters = { ...extractText, options: { cacheMinutes: 0, atOnce: 1 } };
		const finished = await executor.run(caseOf(parameters, [withFile(pdf), withFile(pdf)]));
		for (const { json } of itemsOf(finished, 'Node')) {
			expect(json.metadata).not.toHaveProperty('cached');
		}
	});
});

// Broken by a hint that isn't given: n8n's own retry would send all items again.
it("n8n's own Retry On Fail is advised against", async () => {
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	const given = caseOf({ ...countTokens, content: 'x' }, [{ json: {} }], settings);
	const [task] = (await executor.run(given)).data.resultData.runData.Node ?? [];
	const hints = task?.hints?.map(({ message }) => message).join();
	expect(hints).toContain("n8n's own Retry On Fail is on: it repeats all items");
});

describe('a server', () => {
	// Broken by a message that doesn't say which address, or by no retry where the call never arrived.
	it('that is not there is named, and tried again', async () => {
		const parameters = {
			...countTokens,
			content: 'x',
			options: { retries: 1, retryWaits: '0.01' },
		};
		const finished = await executor.run(
			caseOf(parameters, [{ json: {} }], { onError: 'continueRegularOutput' }, '127.0.0.1:9'),
		);
		const [failed] = itemsOf(finished, 'Node');
		expect(failed?.json.error).toBe("Artificer can't be reached at 127.0.0.1:9");
		expect(failed?.json.details).toMatchObject({ tries: 2, server: '127.0.0.1:9' });
	});

	// Broken by a call without a time limit.
	it('that never answers is the failure of the item, within the time limit', async () => {
		const silent = await listen();
		try {
			const parameters = { ...countTokens, content: 'x', options: { retries: 0, timeout: 0.3 } };
			const address = `127.0.0.1:${(silent.address() as { port: number }).port}`;
			const finished = await executor.run(
				caseOf(parameters, [{ json: {} }], { onError: 'continueRegularOutput' }, address),
			);
			expect(itemsOf(finished, 'Node')[0]?.json.error).toBe('No answer within 0.3 s');
		} finally {
			silent.close();
		}
	});
});

/** Takes connections and says nothing. */
async function listen(): Promise<Server> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}
