import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { ArtificerClient, failureOf, type Message } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { ENDLESS } from './fixtures/endless';
import { latinPdf, scanPdf } from './fixtures/pdfs';

const COUNT = 'TextService/CountTokens';

async function withServer(
	environment: NodeJS.ProcessEnv,
	use: (client: ArtificerClient, server: ArtificerServer) => Promise<void>,
): Promise<void> {
	const server = await startArtificerServer(environment);
	const client = new ArtificerClient(server.address);
	try {
		await client.call('MetricsService/HealthCheck');
		await use(client, server);
	} finally {
		client.close();
		await server.stop();
	}
}

const works = async (client: ArtificerClient): Promise<void> => {
	expect(await client.call(COUNT, { content: 'hello', model: 'gpt-4' })).toMatchObject({
		token_count: 1,
	});
};

/** Waits until the server's log has a line that fits. */
async function logged(server: ArtificerServer, line: RegExp): Promise<void> {
	while (!line.test(server.stderr())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('work that goes wrong', () => {
	// Breaks when a job may run for ever, or its worker is not replaced.
	it('ends a job at its time limit, and goes on', async () => {
		await withServer(
			{ ARTIFICER_JOB_TIMEOUT_MS: '1500', GRPC_MAX_WORKERS: '1' },
			async (client) => {
				const failure = await failureOf(client.call(ENDLESS.rpc, ENDLESS.request));
				expect(failure.status).toBe('DEADLINE_EXCEEDED');
				expect(failure.details).toMatch(/1500 ms for one job.*ARTIFICER_JOB_TIMEOUT_MS/);
				await works(client);
			},
		);
	});

	// Breaks when a cancelled call's work goes on: the only worker would be busy for minutes.
	it('stops the work of a cancelled call', async () => {
		await withServer({ GRPC_MAX_WORKERS: '1' }, async (client, server) => {
			const abort = new AbortController();
			const call = failureOf(client.call(ENDLESS.rpc, ENDLESS.request, { signal: abort.signal }));
			await client.call('MetricsService/GetMetrics');
			abort.abort();
			expect((await call).status).toBe('CANCELLED');
			await works(client);
			await logged(server, /ChunkDocument","status":"CANCELLED"/);
		});
	});

	// Breaks when a deadline ends the call but not its work.
	it('stops the work of a call whose deadline has passed', async () => {
		await withServer({ GRPC_MAX_WORKERS: '1' }, async (client) => {
			const failure = await failureOf(
				client.call(ENDLESS.rpc, ENDLESS.request, { deadlineMs: 500 }),
			);
			expect(failure.status).toBe('DEADLINE_EXCEEDED');
			await works(client);
		});
	});

	// Breaks when a worker that runs out of memory takes the process, or another call, with it.
	it('survives a worker that runs out of memory', async () => {
		await withServer({ ARTIFICER_WORKER_HEAP_MB: '256', GRPC_MAX_WORKERS: '1' }, async (client) => {
			const content = '- a *b* `c`\n'.repeat(400_000);
			const failure = await failureOf(client.call('ConversionService/ImportMarkdown', { content }));
			expect(failure.status).toBe('RESOURCE_EXHAUSTED');
			expect(failure.details).toContain('ARTIFICER_WORKER_HEAP_MB');
			const small = await client.call('ConversionService/ImportMarkdown', { content: 'a' });
			expect(small.document).toMatchObject({ content: [{ type: 'block' }] });
		});
	});

	// Breaks when calls wait without limit, or health can't be asked while all are busy.
	it('answers RESOURCE_EXHAUSTED at once past the limit, and health all the same', async () => {
		const environment = { GRPC_MAX_WORKERS: '1', ARTIFICER_MAX_WAITING_CALLS: '1' };
		await withServer(environment, async (client, server) => {
			const abort = new AbortController();
			const busy = [1, 2].map(() =>
				failureOf(client.call(ENDLESS.rpc, ENDLESS.request, { signal: abort.signal })),
			);
			const failure = await failureOf(client.call(COUNT, { content: 'x' }));
			expect(failure.status).toBe('RESOURCE_EXHAUSTED');
			expect(failure.details).toMatch(/^2 calls are under way.*ARTIFICER_MAX_WAITING_CALLS/);
			expect(await client.call('MetricsService/HealthCheck')).toMatchObject({ status: 'ok' });
			abort.abort();
			expect((await Promise.all(busy)).map(({ status }) => status)).toEqual([
				'CANCELLED',
				'CANCELLED',
			]);
			await logged(server, /"CANCELLED"[^]*"CANCELLED"/);
			await works(client);
		});
	});

	// Breaks when a client that stops reading a stream leaves its work behind.
	it('stops rendering when a stream is cancelled', async () => {
		await withServer({ GRPC_MAX_WORKERS: '1' }, async (client, server) => {
			const pdf_data = await latinPdf(Array.from({ length: 200 }, () => ['page']));
			const stream = client.stream('PDFService/ExtractPagesToImages', { pdf_data, dpi: 300 });
			stream.on('error', () => undefined);
			await new Promise((resolve) => stream.once('data', resolve));
			stream.cancel();
			await logged(server, /ExtractPagesToImages","status":"CANCELLED"/);
			await works(client);
		});
	});
});

describe('limits', () => {
	it('says which setting limits the size of a message', async () => {
		await withServer({ ARTIFICER_MAX_MESSAGE_MB: '1' }, async (client) => {
			const request = { content: 'x'.repeat(2_000_000) };
			const failure = await failureOf(client.call(COUNT, request));
			expect(failure.status).toBe('RESOURCE_EXHAUSTED');
			expect(failure.details).toMatch(/\(2000004 vs\. 1048576 bytes\).*ARTIFICER_MAX_MESSAGE_MB/);
		});
	});

	// Breaks when gRPC's own 4 MiB are the limit, in either direction.
	it('takes and gives more than 4 MiB by default', async () => {
		await withServer({}, async (client) => {
			const content = 'word '.repeat(2_000_000);
			const { chunks } = await client.call<{ chunks: { content: string }[] }>(
				'TextService/ChunkDocument',
				{ content, chunk_size: 1_000_000, chunk_overlap: 0 },
			);
			expect(chunks.map((chunk) => chunk.content).join('')).toBe(content);
		});
	});

	it('limits pages and pixels', async () => {
		await withServer(
			{ ARTIFICER_MAX_PAGES: '2', ARTIFICER_MAX_MEGAPIXELS: '1' },
			async (client) => {
				const three = await latinPdf([['a'], ['b'], ['c']]);
				const pages = await failureOf(client.call('PDFService/ExtractText', { pdf_data: three }));
				expect(pages.status).toBe('RESOURCE_EXHAUSTED');
				expect(pages.details).toMatch(/has 3 pages, but.*at most 2.*ARTIFICER_MAX_PAGES/);
				const request = { pdf_data: await latinPdf([['a']]), dpi: 300 };
				const pixels = await failureOf(client.all('PDFService/ExtractPagesToImages', request));
				expect(pixels.status).toBe('RESOURCE_EXHAUSTED');
				expect(pixels.details).toMatch(/would have 2479 × 3508 pixels, but.*at most 1 megapixels/);
			},
		);
	});
});

describe('ExtractPagesToImages', () => {
	// Breaks when the first page waits for the last, or pages come out of order.
	it('sends each page when it is rendered, in order', async () => {
		await withServer({}, async (client, server) => {
			const pdf_data = await latinPdf(Array.from({ length: 40 }, (_, index) => [`page ${index}`]));
			const stream = client.stream('PDFService/ExtractPagesToImages', { pdf_data, dpi: 200 });
			const numbers: unknown[] = [];
			for await (const page of stream) {
				// The call's own line is written at its end.
				if (numbers.length === 0) expect(server.stderr()).not.toContain('ExtractPagesToImages');
				numbers.push((page as Message).page_number);
			}
			expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
		});
	});

	// Breaks when pages pile up in the server's memory while the client is slow.
	it('keeps no pages for a reader who takes none', async () => {
		await withServer({ GRPC_MAX_WORKERS: '1' }, async (client, server) => {
			const resident = (): number => {
				const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
				return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
			};
			// Pages of noise are as large as images as they are as pixels: 1.7 MB each.
			const noise = { type: 'gaussian' as const, mean: 128, sigma: 50 };
			const create = { width: 700, height: 990, channels: 3 as const, background: '#888', noise };
			const image = await sharp({ create }).png().toBuffer();
			const pdf_data = await scanPdf(Array.from({ length: 150 }, () => image));
			const request = { pdf_data, dpi: 144, max_width: 700 };
			const stream = client.stream('PDFService/ExtractPagesToImages', request);
			const [first] = (await once(stream, 'data')) as [Message];
			expect(first).toMatchObject({ page_number: 1 });
			stream.pause();
			// What counting itself needs is no page: its tables, and the heap that many calls fill.
			for (let count = 0; count < 20; count += 1) await works(client);
			const before = resident();
			// The one worker takes turns, so at least one page follows each of these calls if any is wanted.
			for (let count = 0; count < 100; count += 1) await works(client);
			expect(resident() - before).toBeLessThan(20);
			stream.cancel();
			await once(stream, 'error');
		});
	});

	// Breaks when a page isn't what the message says, or is larger than asked for.
	it.each(['png', 'jpeg', 'webp'])('renders %s of the size that was asked for', async (format) => {
		await withServer({}, async (client) => {
			const request = {
				pdf_data: await latinPdf([['a']]),
				dpi: 144,
				format,
				max_width: 800,
				max_height: 0,
			};
			const [page] = await client.all('PDFService/ExtractPagesToImages', request);
			const image = await sharp(page?.image_data as Buffer).metadata();
			expect(image).toMatchObject({ format, width: 800, height: 1132 });
			expect(page).toMatchObject({
				page_number: 1,
				format,
				content_type: `image/${format}`,
				width: 800,
				height: 1132,
				size_bytes: (page?.image_data as Buffer).length,
			});
		});
	});
});

describe('CheckNeedsOCR', () => {
	it('answers by the contract’s numbers', async () => {
		await withServer({}, async (client) => {
			const pdf_data = await latinPdf([['x'.repeat(40)], ['y'.repeat(41)], [], []]);
			const ask = (min_text_threshold: number): Promise<object> =>
				client.call('PDFService/CheckNeedsOCR', { pdf_data, min_text_threshold });
			const numbers = { has_text_content: true, pages: 4, text_length: 81, avg_text_per_page: 20 };
			expect(await ask(21)).toEqual({ needs_ocr: true, ...numbers, estimated_ocr_cost: 0.0006 });
			expect(await ask(20)).toMatchObject({ needs_ocr: false, ...numbers });
		});
	});
});

describe('GetMetrics and the log', () => {
	// Breaks when a call, or its failure, isn't counted; or when content gets into the log.
	it('counts every call, and logs one line each without content', async () => {
		await withServer({}, async (client, server) => {
			for (const content of ['top secret', 'b', 'c']) await client.call(COUNT, { content });
			await failureOf(client.call('ConversionService/ExportHTML'));
			const { service, overall, endpoints } = await client.call<{
				service: Message;
				overall: Message;
				endpoints: Record<string, Message>;
			}>('MetricsService/GetMetrics');
			expect(service).toMatchObject({ name: 'artificer-server', version: '0.1.0' });
			expect(overall).toMatchObject({ total_requests: 5, total_errors: 1, error_rate: 0.2 });
			expect(Object.keys(endpoints).sort()).toEqual(['CountTokens', 'ExportHTML', 'HealthCheck']);
			expect(endpoints.ExportHTML).toMatchObject({
				request_count: 1,
				error_count: 1,
				error_rate: 1,
			});
			const { min_time_ms, p50_ms, p95_ms, p99_ms, max_time_ms, request_count } =
				endpoints.CountTokens ?? {};
			expect(request_count).toBe(3);
			const times = [0, min_time_ms, p50_ms, p95_ms, p99_ms, max_time_ms].map(Number);
			expect([...times].sort((a, b) => a - b)).toEqual(times);
			await logged(server, /GetMetrics/);
			const lines = server
				.stderr()
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line) as object);
			expect(lines).toHaveLength(6);
			expect(lines[4]).toEqual({
				time: expect.any(String),
				rpc: 'ConversionService/ExportHTML',
				status: 'INVALID_ARGUMENT',
				ms: expect.any(Number),
			});
			expect(server.stderr()).not.toContain('secret');
		});
	});
});
