import { readFileSync } from 'node:fs';
import { ArtificerClient, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { htmlBomb, pdfBombs, pictureBombs, yamlBomb } from './fixtures/bombs';

/** MiB that a bomb may take besides what the server held at most before. */
const MOST_GROWTH = 200;

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	// One worker, so that a bomb's memory is not hidden by what another had held.
	server = await startArtificerServer({ GRPC_MAX_WORKERS: '1', ARTIFICER_JOB_TIMEOUT_MS: '1500' });
	client = new ArtificerClient(server.address);
	await client.call('MetricsService/HealthCheck');
});

afterAll(async () => {
	client.close();
	await server.stop();
});

/** MiB, from Linux's own account. */
function held(what: 'VmRSS' | 'VmHWM'): number {
	const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
	return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
}

async function worksAsBefore(): Promise<void> {
	expect(await client.call('MetricsService/HealthCheck')).toMatchObject({ status: 'ok' });
	expect(server.stderr()).not.toContain('"fault"');
}

/** Does something that must cost little memory, after which the server must work as before. */
async function cheaply<Result>(use: () => Promise<Result>): Promise<Result> {
	const before = held('VmRSS');
	const mark = held('VmHWM');
	const result = await use();
	const most = held('VmHWM');
	if (most > mark) expect(most - before).toBeLessThan(MOST_GROWTH);
	await worksAsBefore();
	return result;
}

// Breaks when a picture is decoded before its size is looked at, or XML is read at all.
test('picture bombs are refused at their first bytes, and cheaply', async () => {
	for (const [name, image_data] of Object.entries(await pictureBombs())) {
		for (const rpc of ['ImageService/ConvertImage', 'ImageService/ExtractTextFromImage']) {
			const { status } = await cheaply(() => failureOf(client.call(rpc, { image_data })));
			expect({ name, rpc, status }).toEqual({
				name,
				rpc,
				status: expect.stringMatching(/^(INVALID_ARGUMENT|RESOURCE_EXHAUSTED)$/),
			});
		}
	}
});

// Breaks when entities or aliases are written out.
test('entities and aliases that stand for gigabytes stay what they are', async () => {
	const html = await cheaply(() =>
		client.call('ConversionService/ImportHTML', { content: htmlBomb }),
	);
	expect(JSON.stringify(html).length).toBeLessThan(10_000);
	const markdown = await cheaply(() =>
		client.call('ConversionService/ImportMarkdown', { content: yamlBomb, include_metadata: true }),
	);
	expect(JSON.stringify(markdown).length).toBeLessThan(10_000);
});

const CALLS = ['ExtractText', 'CheckNeedsOCR', 'ExtractPagesToImages'];
const EXPECTED = /^(OK|INVALID_ARGUMENT|RESOURCE_EXHAUSTED|DEADLINE_EXCEEDED)$/;

// Breaks when a PDF that unpacks, or draws itself, without end takes the server's memory or its life.
test('PDF bombs end within limits, whichever way they are read', async () => {
	const before = held('VmRSS');
	for (const [name, pdf_data] of Object.entries(pdfBombs())) {
		for (const rpc of CALLS) {
			const request = { pdf_data, dpi: 20, max_width: 100 };
			const call: Promise<object> =
				rpc === 'ExtractPagesToImages'
					? client.all(`PDFService/${rpc}`, request)
					: client.call(`PDFService/${rpc}`, request);
			const status = await call.then(
				() => 'OK',
				async () => (await failureOf(call)).status,
			);
			expect({ name, rpc, status }).toEqual({
				name,
				rpc,
				status: expect.stringMatching(EXPECTED),
			});
		}
	}
	await worksAsBefore();
	// PDFium unpacks a page's content before it looks at it; with the worker, that memory goes.
	while (held('VmRSS') > before + MOST_GROWTH) await worksAsBefore();
});
