import { randomUUID } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { type CallContext, streaming, unary } from '../calls/answer.js';
import { invalid, tooMuch } from '../calls/failure.js';
import type { PdfSource } from '../engines/pdf/document.js';
import type { PdfFacts } from '../engines/pdf/inspect.js';
import type { PageRange, PageText } from '../engines/pdf/text.js';
import type { PDFServiceHandlers } from '../generated/artificer/PDFService.js';
import { mediaType } from '../engines/image/encode.js';
import { formatOf, notNegative } from '../rpcs/arguments.js';
import type { ServiceContext } from './context.js';
import { stopwatch } from '../rpcs/stopwatch.js';
import { inOrder } from './ordered.js';
import { share } from './raw.js';
import { sideBySide } from './sideBySide.js';

/** Pages that a worker takes at once, at most: about as many as it reads in its turn. */
const MOST_PAGES = 10;

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
	const source = { id: randomUUID(), bytes: share(data), password: passwordFrom(metadata) };
	const facts = await pool.run('pdf/inspect', { source }, signal);
	if (facts.pages > settings.maxPages) {
		throw tooMuch(
			`The PDF has ${facts.pages} pages, but this server takes at most ${settings.maxPages}. ` +
				'Split it, or raise ARTIFICER_MAX_PAGES on the server.',
		);
	}
	return { source, facts };
}

/** The text of every page, in order. */
async function texts(
	{ pool, monitor }: ServiceContext,
	{ source, facts }: OpenedPdf,
	signal: AbortSignal,
): Promise<PageText[]> {
	const pages: PageText[] = [];
	let next = 0;
	const take = (): PageRange => {
		// Ever fewer, so that no worker is left alone with many at the end.
		const share = Math.ceil((facts.pages - next) / pool.workers);
		const from = next;
		next += Math.min(share, MOST_PAGES);
		return { source, from, to: next };
	};
	await sideBySide(pool.workers, signal, async (either) => {
		while (next < facts.pages) {
			const { to, ...range } = take();
			for (let from = range.from; from < to;) {
				const read = await pool.run('pdf/text', { source, from, to }, either);
				monitor.pagesRead('text', read.length);
				for (const page of read) pages[from++] = page;
			}
		}
	});
	return pages;
}

/** A form feed between pages, none at the end. */
const joined = (pages: readonly { text: string }[]): string =>
	pages.map(({ text }) => text).join('\f');

const hasText = (pages: readonly PageText[]): boolean => pages.some(({ text }) => text !== '');

function metadataOf({ facts }: OpenedPdf, method: string, has_text_content: boolean, ms: number) {
	return { ...facts, method, has_text_content, processing_time_ms: ms };
}

/** USD a page by the contract: 1,000 tokens at 0.15 USD per million. */
const COST_A_PAGE = (1000 * 0.15) / 1_000_000;

/**
 * Dots per inch for OCR: letters of 10 points are about 28 pixels high, more than Tesseract needs,
 * and a page takes half the time that it takes at 300.
 */
const OCR_DPI = 200;

/** Dots per inch where nobody asked for any, by the contract, and the most that may be asked. */
const DEFAULT_DPI = 200;
const MOST_DPI = 1200;

/** Pages that wait for a worker, so that none is idle while the page before is sent. */
const AHEAD = 1;

/** White space is no content: scanners and forms leave plenty of it. */
const lengthOf = ({ text }: { text: string }): number => text.replace(/\s+/g, ' ').trim().length;

/** Reads a page by OCR. */
async function recognise(
	{ pool, settings, ocr }: ServiceContext,
	{ source }: OpenedPdf,
	page: number,
	languages: string[],
	signal: AbortSignal,
): Promise<string> {
	const { maxPixels } = settings;
	const size = { dpi: OCR_DPI, maxWidth: 0, maxHeight: 0, maxPixels };
	const image = await pool.run('pdf/render', { source, page, format: 'png', ...size }, signal);
	const reading = await ocr.read(image.data, languages, signal);
	return reading.text;
}

function dpiOf(asked: number): number {
	if (asked >= 0 && asked <= MOST_DPI) return asked || DEFAULT_DPI;
	throw invalid(`dpi is ${asked}, but has to be from 1 to ${MOST_DPI} (0 for the default of 200).`);
}

export function pdfService(service: ServiceContext): PDFServiceHandlers {
	const { pool, settings, monitor, ocr } = service;
	return {
		ExtractText: unary(async ({ pdf_data }, context) => {
			const elapsed = stopwatch();
			const pdf = await open(service, pdf_data, context);
			const pages = await texts(service, pdf, context.signal);
			const metadata = metadataOf(pdf, 'direct', hasText(pages), elapsed());
			return { text: joined(pages), metadata };
		}),

		ProcessPDF: unary(async ({ pdf_data, force_ocr, min_text_threshold }, context) => {
			const elapsed = stopwatch();
			const threshold = notNegative('min_text_threshold', min_text_threshold);
			const languages = ocr.languagesFor(context.metadata);
			await ocr.check(languages);
			const pdf = await open(service, pdf_data, context);
			const direct = await texts(service, pdf, context.signal);
			const needsOcr = (page: PageText): boolean =>
				!page.blank && (force_ocr || lengthOf(page) < threshold);
			const work = direct.map((page, index) => ({ page, index }));
			const results = inOrder(work, pool.workers, context.signal, async (item, signal) => {
				if (!needsOcr(item.page)) return { text: item.page.text, read: false };
				const text = await recognise(service, pdf, item.index, languages, signal);
				// A page with a few words, all of them text, is read no better by OCR.
				const isBetter = force_ocr || text.length > item.page.text.length;
				return { text: isBetter ? text : item.page.text, read: true };
			});
			const pages: { text: string; read: boolean }[] = [];
			for await (const page of results) pages.push(page);
			const method = pages.some(({ read }) => read) ? 'ocr' : 'direct';
			return {
				text: joined(pages),
				metadata: metadataOf(pdf, method, hasText(direct), elapsed()),
			};
		}),

		CheckNeedsOCR: unary(async ({ pdf_data, min_text_threshold }, context) => {
			const threshold = notNegative('min_text_threshold', min_text_threshold);
			const pdf = await open(service, pdf_data, context);
			const direct = await texts(service, pdf, context.signal);
			const { pages } = pdf.facts;
			const text_length = direct.reduce((sum, page) => sum + lengthOf(page), 0);
			const avg_text_per_page = pages === 0 ? 0 : Math.floor(text_length / pages);
			return {
				needs_ocr: avg_text_per_page < threshold,
				has_text_content: text_length > 0,
				pages,
				text_length,
				avg_text_per_page,
				estimated_ocr_cost: pages * COST_A_PAGE,
			};
		}),

		ExtractPagesToImages: streaming(async function* (request, context) {
			const format = formatOf('format', request.format);
			const job = {
				format,
				dpi: dpiOf(request.dpi),
				maxWidth: notNegative('max_width', request.max_width),
				maxHeight: notNegative('max_height', request.max_height),
				maxPixels: settings.maxPixels,
			};
			const { source, facts } = await open(service, request.pdf_data, context);
			const numbers = Array.from({ length: facts.pages }, (_, index) => index);
			const images = inOrder(
				numbers,
				pool.workers + AHEAD,
				context.signal,
				async (page, signal) => ({
					page_number: page + 1,
					...(await pool.run('pdf/render', { source, page, ...job }, signal)),
				}),
			);
			for await (const { data, ...image } of images) {
				monitor.pagesRead('image', 1);
				yield {
					...image,
					image_data: Buffer.from(data.buffer, data.byteOffset, data.length),
					content_type: mediaType(format),
					size_bytes: data.length,
					format,
				};
			}
		}),
	};
}
