import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { ReferenceServer } from '../../contract/support/referenceServer';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickCase } from '../support/quickExecutor';
import { itemsOf } from '../support/workflows';
import { brokenPdf, pdf } from './cases';

let executor: QuickExecutor;
let server: ReferenceServer;

beforeAll(async () => {
	[executor, server] = await Promise.all([QuickExecutor.start(), ReferenceServer.start()]);
});

afterAll(async () => {
	await executor?.close();
	server?.stop();
});

function caseOf(parameters: IDataObject, items: INodeExecutionData[]): QuickCase {
	const options = { retries: 3, retryWaits: '0.01', ...(parameters.options as IDataObject) };
	return {
		workflow: new WorkflowBuilder()
			.artificer('Node', { ...parameters, options }, { onError: 'continueRegularOutput' })
			.chain('Start', 'Node')
			.build(),
		credentials: { artificer: { address: server.address } },
		pinData: { Start: items },
		storeFiles: true,
	};
}

async function run(parameters: IDataObject, items: INodeExecutionData[]): Promise<IDataObject[]> {
	return itemsOf(await executor.run(caseOf(parameters, items)), 'Node').map(({ json }) => json);
}

function withFile({ name, mimeType, content }: typeof pdf): INodeExecutionData {
	const data = { data: content.toString('base64'), fileName: name, mimeType };
	return { json: {}, binary: { data } };
}

function texts(...contents: string[]): INodeExecutionData[] {
	return inputItems(...contents.map((text) => ({ text }))).Start ?? [];
}

const extractText = { resource: 'pdf', operation: 'extractText' };
const pageImages = { resource: 'pdf', operation: 'extractPageImages' };
const countTokens = { resource: 'text', operation: 'countTokens' };

describe('a server that behaves like the reference server', () => {
	// Broken by taking INTERNAL for transient, or by words of our own in place of the server's.
	it('is not asked again for a broken document, and is quoted', async () => {
		const [failed] = await run(extractText, [withFile(brokenPdf)]);
		expect(failed).toMatchObject({
			error: 'PDF text extraction failed: cannot open broken document',
			details: { status: 'INTERNAL', tries: 1, fileName: 'broken.pdf' },
		});
	});

	// Broken by trying again what is too large for good, or by not saying who sets the limit.
	it('has its limit of 4 MiB told', async () => {
		const large = { ...pdf, name: 'large.pdf', content: Buffer.alloc(5 * 1024 * 1024, 1) };
		const [failed] = await run(extractText, [withFile(large)]);
		expect(failed).toMatchObject({
			error: 'The file or text is too large: 5.0 MB, and the server takes at most 4.0 MB',
			details: { status: 'RESOURCE_EXHAUSTED', tries: 1 },
		});
		expect(failed?.message).toContain('ask whoever runs it to raise it');
	});

	// Broken by a page or document made of the empty message that comes before the failure.
	it('gives no page where rendering fails, and no export where exporting does', async () => {
		server.renders = false;
		expect(await run(pageImages, [withFile(brokenPdf)])).toMatchObject([
			{ error: 'Page rendering failed: cannot open broken document' },
		]);
		const document = [{ _type: 'block', children: [{ text: 'x' }] }];
		const batchExport = { resource: 'document', operation: 'batchExport' };
		const items = inputItems({ document }, { document }).Start ?? [];
		expect(await run(batchExport, items)).toMatchObject([
			{ error: 'Batch export failed: cannot read document' },
			{ error: 'Batch export failed: cannot read document' },
		]);
	});

	// Broken by gRPC's own limit of 4 MiB on what comes back.
	it('may answer with more than 4 MiB', async () => {
		server.renders = true;
		const pages = await run(pageImages, [withFile(pdf)]);
		expect(pages.map(({ page_number }) => page_number)).toEqual([1, 2]);
	});

	// Broken by one call that hangs and holds up the others, or the node.
	it('that hangs costs an item its time, and the others nothing', async () => {
		const { cancelled } = server.seen;
		const options = { timeout: 0.3, retries: 0 };
		const items = await run({ ...countTokens, options }, texts('one', 'hang', 'three'));
		expect(items).toMatchObject([
			{ token_count: 3 },
			{ error: 'No answer within 0.3 s', details: { kind: 'timeout', itemIndex: 1 } },
			{ token_count: 5 },
		]);
		expect(server.seen.cancelled).toBeGreaterThan(cancelled);
	});

	// Broken by a Stop that doesn't reach the wire: the server would go on for nobody.
	it('that hangs is told when the run is stopped', async () => {
		const { begun, cancelled } = server.seen;
		const underway = await executor.begin(caseOf(countTokens, texts('hang', 'hang')));
		while (server.seen.begun < begun + 2) await new Promise((resolve) => setTimeout(resolve, 1));
		await underway.cancel();
		expect((await underway.result()).status).toBe('canceled');
		while (server.seen.cancelled < cancelled + 2) {
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
	});
});
