import { randomUUID } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { type CallContext, unary } from '../calls/answer.js';
import { invalid, tooMuch } from '../calls/failure.js';
import type { PdfSource } from '../engines/pdf/document.js';
import type { PdfFacts } from '../engines/pdf/inspect.js';
import type { PageRange, PageText } from '../engines/pdf/text.js';
import type { PDFServiceHandlers } from '../generated/artificer/PDFService.js';
import { type ServiceContext, stopwatch } from './context.js';
import { inOrder } from './ordered.js';

/** Pages of one job: enough that handing over costs little, few enough that others soon get a turn. */
const PAGES_A_JOB = 8;

interface OpenedPdf {
	source: PdfSource;
	facts: PdfFacts;
}

function passwordFrom(metadata: Metadata): string | undefined {
	// gRPC's plain metadata is ASCII; other passwords come as bytes.
	const [text] = metadata.get('artificer-pdf-password');
	const [bytes] = metadata.get('artificer-pdf-password-bin');
	return (text ?? bytes)?.toString();
}

/** Shares the file with all workers and reads what it says of itself. */
async function open(
	{ pool, settings }: ServiceContext,
	data: Uint8Array,
	{ metadata, signal }: CallContext,
): Promise<OpenedPdf> {
	if (data.length === 0) throw invalid('pdf_data is empty. Send the whole PDF file.');
	const bytes = new SharedArrayBuffer(data.length);
	new Uint8Array(bytes).set(data);
	const source = { id: randomUUID(), bytes, password: passwordFrom(metadata) };
	const facts = await pool.run('pdf/inspect', { source }, signal);
	if (facts.pages > settings.maxPages) {
		throw tooMuch(
			`The PDF has ${facts.pages} pages, but this server takes at most ${settings.maxPages}. ` +
				'Split it, or raise ARTIFICER_MAX_PAGES on the server.',
		);
	}
	return { source, facts };
}

function* ranges({ source, facts }: OpenedPdf): Generator<PageRange> {
	for (let from = 0; from < facts.pages; from += PAGES_A_JOB) {
		yield { source, from, to: Math.min(from + PAGES_A_JOB, facts.pages) };
	}
}

/** The text of every page, in order. */
async function texts(
	{ pool }: ServiceContext,
	pdf: OpenedPdf,
	signal: AbortSignal,
): Promise<PageText[]> {
	const pages: PageText[] = [];
	const batches = inOrder(ranges(pdf), pool.workers, signal, (range, either) =>
		pool.run('pdf/text', range, either),
	);
	for await (const batch of batches) pages.push(...batch);
	return pages;
}

/** A form feed between pages, none at the end. */
const joined = (pages: readonly { text: string }[]): string =>
	pages.map(({ text }) => text).join('\f');

const hasText = (pages: readonly PageText[]): boolean => pages.some(({ text }) => text !== '');

function metadataOf({ facts }: OpenedPdf, method: string, has_text_content: boolean, ms: number) {
	return { ...facts, method, has_text_content, processing_time_ms: ms };
}

export function pdfService(service: ServiceContext): Pick<PDFServiceHandlers, 'ExtractText'> {
	return {
		ExtractText: unary(async ({ pdf_data }, context) => {
			const elapsed = stopwatch();
			const pdf = await open(service, pdf_data, context);
			const pages = await texts(service, pdf, context.signal);
			const metadata = metadataOf(pdf, 'direct', hasText(pages), elapsed());
			return { text: joined(pages), metadata };
		}),
	};
}
