import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import parse from 'parse-prometheus-text-format';
import { ArtificerClient, failureOf } from '../support/artificerClient';
import {
	type ArtificerServer,
	failArtificerServer,
	startArtificerServer,
} from '../support/artificerServer';
import { ModelServer } from '../support/modelServer';
import { ENDLESS } from './fixtures/endless';
import { scanOf } from './fixtures/images';
import { latinPdf, scanPdf } from './fixtures/pdfs';

interface Scrape {
	/** The value of a counter or gauge with just these labels; 0 where there is none. */
	value: (name: string, labels?: Record<string, string>) => number;
	/** How often a histogram was fed. */
	count: (name: string, labels?: Record<string, string>) => number;
	text: string;
}

async function withMetrics(
	environment: NodeJS.ProcessEnv,
	use: (client: ArtificerClient, scrape: () => Promise<Scrape>, url: string) => Promise<void>,
): Promise<void> {
	const server = await startArtificerServer({ ARTIFICER_METRICS_PORT: '0', ...environment });
	const client = new ArtificerClient(server.address);
	try {
		await client.call('MetricsService/HealthCheck');
		const [, url = ''] = /^metrics on (\S+)$/m.exec(server.stdout()) ?? [];
		await use(client, () => scrapeOf(url), url);
	} finally {
		client.close();
		await server.stop();
	}
}

async function scrapeOf(url: string): Promise<Scrape> {
	const response = await fetch(url);
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
	const text = await response.text();
	const families = parse(text);
	const find = (name: string, wanted: Record<string, string> = {}) =>
		families
			.find((family) => family.name === name)
			?.metrics.find(({ labels = {} }) => JSON.stringify(labels) === JSON.stringify(wanted));
	return {
		value: (name, labels) => Number(find(name, labels)?.value ?? 0),
		// The parser takes all histograms of a family for one, whatever their labels are.
		count: (name, labels = {}) => {
			const [[label, value] = []] = Object.entries(labels);
			const line = label === undefined ? `${name}_count` : `${name}_count{${label}="${value}"}`;
			return Number(
				text
					.split('\n')
					.find((one) => one.startsWith(`${line} `))
					?.split(' ')[1] ?? 0,
			);
		},
		text,
	};
}

/** Ports on which a process listens over IPv4, from Linux's own account. */
function listeningPorts(pid: number): number[] {
	const sockets = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
		const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [];
		return inode === undefined ? [] : [inode];
	});
	const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
	return rows.flatMap((row) => {
		const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
		const isListening = state === '0A' && sockets.includes(inode);
		return isListening ? [parseInt(local.split(':')[1] ?? '', 16)] : [];
	});
}

describe('Prometheus metrics', () => {
	// Breaks when a call, page, token or failure isn't counted, or is counted twice.
	it('agree with what was called', async () => {
		const model = await ModelServer.start({
			answer: () => ({ text: 'read', confidence: 1 }),
			empty: {},
		});
		const environment = { OPENAI_API_KEY: 'sk-secret', OPENAI_BASE_URL: model.url };
		await withMetrics(environment, async (client, scrape) => {
			for (const content of ['top secret', 'b', 'c']) {
				await client.call('TextService/CountTokens', { content });
			}
			await failureOf(client.call('ConversionService/ExportHTML'));
			const pdf_data = await latinPdf(Array.from({ length: 11 }, () => ['text']));
			await client.call('PDFService/ExtractText', { pdf_data });
			await client.all('PDFService/ExtractPagesToImages', { pdf_data, dpi: 20 });
			const image_data = await scanOf(client, ['secret'], 24);
			const scans = { pdf_data: await scanPdf([image_data, image_data]), min_text_threshold: 9 };
			await client.call('PDFService/ProcessPDF', scans);
			model.behaviour = 'chats';
			await client.call('ImageService/ExtractTextFromImage', { image_data });

			const { value, count, text } = await scrape();
			const calls = (rpc: string, status: string): number =>
				value('artificer_calls_total', { rpc, status });
			expect(calls('TextService/CountTokens', 'OK')).toBe(3);
			expect(calls('ConversionService/ExportHTML', 'INVALID_ARGUMENT')).toBe(1);
			expect(calls('ConversionService/ExportHTML', 'OK')).toBe(0);
			expect(calls('PDFService/ExtractPagesToImages', 'OK')).toBe(2);
			const spans = 'artificer_call_duration_seconds';
			expect(count(spans, { rpc: 'TextService/CountTokens' })).toBe(3);
			expect(value('artificer_calls_in_flight')).toBe(0);
			expect(value('artificer_jobs_waiting')).toBe(0);
			expect(count('artificer_job_wait_seconds')).toBeGreaterThan(8);
			// 11 of the first PDF and 2 scanned; 11 of it and the one that `scanOf` had drawn.
			expect(value('artificer_pdf_pages_total', { work: 'text' })).toBe(13);
			expect(value('artificer_pdf_pages_total', { work: 'image' })).toBe(12);
			expect(value('artificer_ocr_pages_total', { provider: 'openai' })).toBe(2);
			expect(value('artificer_ocr_pages_total', { provider: 'tesseract' })).toBe(1);
			expect(value('artificer_ocr_model_failures_total')).toBe(1);
			expect(value('artificer_ocr_model_tokens_total')).toBe(4500);
			expect(value('artificer_ocr_model_cost_usd_total')).toBeCloseTo(0.00135, 10);
			expect(value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
			expect(text).not.toMatch(/secret/);
		});
		await model.stop();
	});

	// Breaks when waiting calls aren't seen, or a worker that was replaced isn't.
	it('show what waits, and workers that were replaced', async () => {
		await withMetrics({ GRPC_MAX_WORKERS: '1' }, async (client, scrape) => {
			const { rpc, request } = ENDLESS;
			const calls = [1, 2].map(() => {
				const abort = new AbortController();
				const failure = failureOf(client.call(rpc, request, { signal: abort.signal }));
				return { abort, failure };
			});
			for (;;) {
				const { value } = await scrape();
				if (value('artificer_jobs_waiting') < 1) continue;
				expect(value('artificer_jobs_computing')).toBe(1);
				expect(value('artificer_calls_in_flight')).toBe(2);
				break;
			}
			// The one that waits first: it must not get the place of the other.
			for (const { abort, failure } of calls.reverse()) {
				abort.abort();
				await failure;
				await client.call('MetricsService/GetMetrics');
			}
			await client.call('TextService/CountTokens', { content: 'x' });
			const { value } = await scrape();
			expect(value('artificer_calls_total', { rpc, status: 'CANCELLED' })).toBe(2);
			expect(value('artificer_worker_restarts_total', { reason: 'cancelled' })).toBe(1);
		});
	});

	it('are at one address alone', async () => {
		await withMetrics({}, async (_, __, url) => {
			expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
			expect((await fetch(new URL('/', url))).status).toBe(404);
			expect((await fetch(url, { method: 'POST' })).status).toBe(405);
		});
	});
});

describe('the port of the metrics', () => {
	// Breaks when the server listens on more than it says.
	it('is off unless set', async () => {
		const port = ({ address }: ArtificerServer): number => Number(address.split(':')[1]);
		const without = await startArtificerServer();
		expect(listeningPorts(without.pid)).toEqual([port(without)]);
		await without.stop();
		const environment = { ARTIFICER_METRICS_PORT: '0' };
		const withPort = await startArtificerServer(environment);
		expect(listeningPorts(withPort.pid)).toHaveLength(2);
		await withPort.stop();
	});

	// Breaks when a taken port ends in a stack, in code 0, or in a server without metrics.
	it('ends the start with a sentence where it is taken', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		await once(blocker, 'listening');
		const { port } = blocker.address() as { port: number };
		const failed = await failArtificerServer({ ARTIFICER_METRICS_PORT: String(port) });
		blocker.close();
		expect(failed).toEqual({
			code: 1,
			stdout: '',
			stderr:
				`Can't serve metrics on 127.0.0.1:${port}: port ${port} is taken. Stop what uses it, or ` +
				'set ARTIFICER_METRICS_PORT to another one (0 takes a free one).\n',
		});
	});

	it('has to be a port', async () => {
		const failed = await failArtificerServer({ ARTIFICER_METRICS_PORT: 'yes' });
		expect(failed).toMatchObject({ code: 1, stdout: '' });
		expect(failed.stderr).toMatch(/^ARTIFICER_METRICS_PORT is "yes".*to go without it\.\n$/);
	});
});
