import { Failure, invalid } from '../../calls/failure.js';
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
}

interface Held extends OpenPdf {
	id: string;
	/** Where the file's bytes are in the engine's memory. */
	memory: number;
	closing?: NodeJS.Timeout;
}

/** A call's next job comes within milliseconds; after this many the document isn't needed. */
const HOLD_MS = 1000;

/** PDFium's error codes of FPDF_GetLastError. */
const PASSWORD = 4;
const SECURITY = 5;

let held: Held | undefined;

function close(): void {
	if (held === undefined) return;
	const { engine, handle, memory, closing } = held;
	clearTimeout(closing);
	held = undefined;
	engine.FPDF_CloseDocument(handle);
	engine.pdfium.wasmExports.free(memory);
	shrinkPdfium(engine);
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
	const memory = engine.pdfium.wasmExports.malloc(bytes.length);
	if (memory === 0) throw new RangeError('PDFium has no room for the document');
	engine.pdfium.HEAPU8.set(bytes, memory);
	const handle = engine.FPDF_LoadMemDocument(memory, bytes.length, source.password ?? '');
	if (handle === 0) {
		const code = engine.FPDF_GetLastError();
		engine.pdfium.wasmExports.free(memory);
		throw whyNot(code, source.password !== undefined);
	}
	const pages = engine.FPDF_GetPageCount(handle);
	return { id: source.id, engine, handle, memory, pages };
}

/** A trap in WebAssembly, or memory that ran out. */
function isEngineFault(error: unknown): boolean {
	return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}

/**
 * Lends the document to a function. It stays open for the next job of the same call; a fault inside
 * the engine throws the engine away, since its memory can't be trusted any more.
 */
export async function withPdf<Result>(
	source: PdfSource,
	use: (pdf: OpenPdf) => Result,
): Promise<Result> {
	try {
		if (held?.id !== source.id) {
			close();
			held = await open(source);
		}
		clearTimeout(held.closing);
		return use(held);
	} catch (error) {
		if (isEngineFault(error)) {
			held = undefined;
			forgetPdfium();
			throw invalid('The PDF made the PDF engine stop: it is broken, or too large to be read.');
		}
		throw error;
	} finally {
		if (held !== undefined) held.closing = setTimeout(close, HOLD_MS).unref();
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
		pdf.engine.FPDF_ClosePage(page);
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
