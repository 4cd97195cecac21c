import { Failure, invalid } from '../../calls/failure.js';
import { lightening } from './lighter.js';
import { forgetPdfium, pdfium, shrinkPdfium, withMemory, type Pdfium } from './pdfium.js';

/** A PDF as it travels to workers: the bytes are shared, so that no job copies them to its thread. */
export interface PdfSource {
	/** The same for all jobs of one call. */
	id: string;
	bytes: SharedArrayBuffer;
	password?: string;
}

/** A document that this thread has open. */
export interface OpenPdf {
	engine: Pdfium;
	/** PDFium's handle of it. */
	handle: number;
	pages: number;
	/** The page used last. While it is open, PDFium keeps its fonts for the next one. */
	lastPage?: number;
}

interface Held extends OpenPdf {
	id: string;
	/** Where the file's bytes are in the engine's memory, and how many. */
	memory: number;
	size: number;
	closing?: NodeJS.Timeout;
}

/** A call's next job comes within milliseconds; after this many the document isn't needed. */
const HOLD_MS = 1000;
/**
 * Documents held at once, and bytes of their files together: calls take turns, and opening a
 * document again at each of them, with its fonts, would cost more than its pages.
 */
const HOLD_MOST = 8;
const HOLD_BYTES = 64 * 1024 * 1024;

/** PDFium's error codes of FPDF_GetLastError. */
const PASSWORD = 4;
const SECURITY = 5;

/** By id; the one that was used last is the last. */
const held = new Map<string, Held>();

function close({ id, engine, handle, memory, closing, lastPage }: Held): void {
	clearTimeout(closing);
	held.delete(id);
	if (lastPage !== undefined) engine.FPDF_ClosePage(lastPage);
	engine.FPDF_CloseDocument(handle);
	engine.pdfium.wasmExports.free(memory);
	if (held.size === 0) shrinkPdfium(engine);
}

/** Closes those that were not used for the longest time, until there is room for another. */
function makeRoom(size: number): void {
	let together = size;
	for (const each of held.values()) together += each.size;
	for (const each of held.values()) {
		if (held.size < HOLD_MOST && together <= HOLD_BYTES) return;
		together -= each.size;
		close(each);
	}
}

function whyNot(code: number, passwordGiven: boolean): Failure {
	if (code === PASSWORD && passwordGiven) {
		return new Failure(
			'FAILED_PRECONDITION',
			'The PDF is encrypted and the password that was sent does not open it. Send the right one ' +
				'as request metadata "artificer-pdf-password".',
		);
	}
	if (code === PASSWORD) {
		return new Failure(
			'FAILED_PRECONDITION',
			'The PDF is encrypted. Send its password as request metadata "artificer-pdf-password".',
		);
	}
	if (code === SECURITY) {
		return new Failure(
			'FAILED_PRECONDITION',
			'The PDF is encrypted in a way that this server does not know. Save it with a password ' +
				'(AES or RC4) or without encryption.',
		);
	}
	return invalid(
		'The data can not be read as a PDF: it is broken, cut off, or no PDF at all. ' +
			'Send the whole file as it is.',
	);
}

async function open(source: PdfSource): Promise<Held> {
	const engine = await pdfium();
	const bytes = new Uint8Array(source.bytes);
	const update = lightening(bytes);
	const size = bytes.length + update.length;
	const memory = engine.pdfium.wasmExports.malloc(size);
	if (memory === 0) throw new RangeError('PDFium has no room for the document');
	engine.pdfium.HEAPU8.set(bytes, memory);
	engine.pdfium.HEAPU8.set(update, memory + bytes.length);
	const handle = engine.FPDF_LoadMemDocument(memory, size, source.password ?? '');
	if (handle === 0) {
		const code = engine.FPDF_GetLastError();
		engine.pdfium.wasmExports.free(memory);
		throw whyNot(code, source.password !== undefined);
	}
	const pages = engine.FPDF_GetPageCount(handle);
	return { id: source.id, engine, handle, memory, size, pages };
}

async function heldOrOpened(source: PdfSource): Promise<Held> {
	const before = held.get(source.id);
	if (before !== undefined) {
		held.delete(source.id);
		held.set(source.id, before);
		return before;
	}
	makeRoom(source.bytes.byteLength);
	const opened = await open(source);
	held.set(source.id, opened);
	return opened;
}

/** A trap in WebAssembly, or memory that ran out. */
function isEngineFault(error: unknown): boolean {
	return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}

/**
 * Lends the document to a function. It stays open for the next job of the same call; a fault inside
 * the engine throws the engine away with all that it holds, since its memory can't be trusted.
 */
export async function withPdf<Result>(
	source: PdfSource,
	use: (pdf: OpenPdf) => Result,
): Promise<Result> {
	let pdf: Held | undefined;
	try {
		pdf = await heldOrOpened(source);
		clearTimeout(pdf.closing);
		return use(pdf);
	} catch (error) {
		if (isEngineFault(error)) {
			for (const { closing } of held.values()) clearTimeout(closing);
			held.clear();
			forgetPdfium();
			throw invalid('The PDF made the PDF engine stop: it is broken, or too large to be read.');
		}
		throw error;
	} finally {
		if (pdf !== undefined && held.has(pdf.id)) {
			pdf.closing = setTimeout(close, HOLD_MS, pdf).unref();
		}
	}
}

/** Lends a page (from 0) to a function. */
export function withPage<Result>(
	pdf: OpenPdf,
	index: number,
	use: (page: number) => Result,
): Result {
	const page = pdf.engine.FPDF_LoadPage(pdf.handle, index);
	if (page === 0) {
		throw invalid(`Page ${index + 1} of the PDF is broken. Repair the file and send it again.`);
	}
	try {
		return use(page);
	} finally {
		if (pdf.lastPage !== undefined) pdf.engine.FPDF_ClosePage(pdf.lastPage);
		pdf.lastPage = page;
	}
}

/** An entry of the document's information, such as `Title`; empty where there is none. */
export function metaText(pdf: OpenPdf, tag: string): string {
	const { engine, handle } = pdf;
	const bytes = engine.FPDF_GetMetaText(handle, tag, 0, 0);
	if (bytes <= 2) return '';
	return withMemory(engine, bytes, (pointer) => {
		engine.FPDF_GetMetaText(handle, tag, pointer, bytes);
		const { buffer } = engine.pdfium.HEAPU8;
		// UTF-16 with a zero at its end.
		return Buffer.from(buffer, pointer, bytes - 2)
			.toString('utf16le')
			.trim();
	});
}
