import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { ArtificerClient, type Message } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { fuzzCorpus } from './fixtures/fuzzCorpus';
import { mutated } from './fixtures/mutations';

/** The inputs are the same in each run, and so is what they find. */
const SEED = 20261123;
const INPUTS = 2000;
/** An input's number, to make it and send it alone. */
const ONLY = process.env.ARTIFICER_FUZZ_INPUT;
/** Calls under way at once: more than there are workers, so that workers never wait. */
const AT_ONCE = 6;

/** How a server may answer input that it can't use; anything else is a fault of its own. */
const REFUSALS = ['INVALID_ARGUMENT', 'FAILED_PRECONDITION', 'RESOURCE_EXHAUSTED'];

/**
 * MiB that the server may hold more after all inputs than after the first tenth, when each engine
 * had been loaded; engines keep some for their next job.
 */
const MOST_GROWTH = 150;

const KINDS = ['pdf', 'image', 'markdown', 'html'] as const;
type Kind = (typeof KINDS)[number];

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	// An input of a few kilobytes that computes for as long as this hangs.
	server = await startArtificerServer({
		GRPC_MAX_WORKERS: '2',
		ARTIFICER_JOB_TIMEOUT_MS: '20000',
		ARTIFICER_MAX_MEGAPIXELS: '20',
	});
	client = new ArtificerClient(server.address);
	await client.call('MetricsService/HealthCheck');
});

afterAll(async () => {
	client.close();
	await server.stop();
});

const FORMATS = ['HTML', 'Markdown', 'Notion', 'Roam'];

/** A document that came out goes in again. */
async function exportAs(document: Message, number: number): Promise<void> {
	const format = FORMATS[number % FORMATS.length] ?? '';
	const request = { document, include_metadata: true, include_styles: true };
	await client.call(`ConversionService/Export${format}`, request);
}

/** Sends an input of a kind, by its number in another way each time. */
const send: Record<Kind, (bytes: Buffer, number: number) => Promise<void>> = {
	async pdf(pdf_data, number) {
		const ways = [
			() => client.call('PDFService/ExtractText', { pdf_data }),
			() => client.call('PDFService/CheckNeedsOCR', { pdf_data, min_text_threshold: 100 }),
			() => client.call('PDFService/ProcessPDF', { pdf_data, force_ocr: number % 7 === 0 }),
			() => client.all('PDFService/ExtractPagesToImages', { pdf_data, dpi: 40, max_width: 400 }),
		];
		await ways[number % ways.length]?.();
	},
	async image(image_data, number) {
		const output_format = ['png', 'jpeg', 'webp'][number % 3];
		await client.call('ImageService/ConvertImage', { image_data, output_format, max_width: 50 });
		if (number % 8 === 0) await client.call('ImageService/ExtractTextFromImage', { image_data });
	},
	async markdown(bytes, number) {
		const answer = await client.callRaw('ConversionService/ImportMarkdown', { 1: bytes, 3: true });
		await exportAs(answer.document as Message, number);
	},
	async html(bytes, number) {
		const answer = await client.callRaw('ConversionService/ImportHTML', { 1: bytes });
		await exportAs(answer.document as Message, number);
	},
};

/** MiB that the server holds, from Linux's own account. */
function resident(): number {
	const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Why an answer is none that a server may give; undefined where it is one. */
async function fault(kind: Kind, bytes: Buffer, number: number): Promise<string | undefined> {
	try {
		await send[kind](bytes, number);
	} catch (error) {
		const { code, details } = error as grpc.ServiceError;
		const status = typeof code === 'number' ? grpc.status[code] : undefined;
		if (status === undefined) throw error;
		if (!REFUSALS.includes(status)) return `${status}: ${details}`;
	}
	const health = await client.call('MetricsService/HealthCheck', {}, { deadlineMs: 20_000 });
	return health.status === 'ok' ? undefined : `health is ${String(health.status)} afterwards`;
}

/** What a person needs to make an input again. */
function told(number: number, kind: Kind, bytes: Buffer, why: string): string {
	const file = join(tmpdir(), `artificer-fuzz-${SEED}-${number}.${kind}`);
	writeFileSync(file, bytes);
	return (
		`Input ${number} (${kind}, seed ${SEED}) got ${why}\n  It is in ${file}; ` +
		`ARTIFICER_FUZZ_INPUT=${number} sends it alone.`
	);
}

// Breaks when an input ends the server or a worker, is answered by no status of the contract, hangs,
// or leaves memory behind.
test('mutated PDFs, images, Markdown and HTML are answered, each by a result or a reason', async () => {
	const corpus = await fuzzCorpus();
	const faults: string[] = [];
	let next = 0;
	let afterFirst = 0;
	const begin = async (): Promise<void> => {
		for (let number = next++; number < INPUTS; number = next++) {
			if (ONLY !== undefined && number !== Number(ONLY)) continue;
			const kind = KINDS[number % KINDS.length] ?? 'pdf';
			const bytes = mutated(corpus[kind], SEED, number);
			const why = await fault(kind, bytes, number);
			if (why !== undefined) faults.push(told(number, kind, bytes, why));
			if (number === INPUTS / 10) afterFirst = resident();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, begin));
	expect(faults.join('\n')).toBe('');
	if (ONLY === undefined) expect(resident() - afterFirst).toBeLessThan(MOST_GROWTH);
	// A fault of the server's own has a line that says where, whatever was answered.
	expect(server.stderr()).not.toContain('"fault"');
}, 300_000);
