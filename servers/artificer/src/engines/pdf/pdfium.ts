import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';

/** PDFium compiled to WebAssembly, with its memory. */
export type Pdfium = WrappedPdfiumModule & {
	/** Emscripten's view of the memory; a new one after each growth, so it is never kept. */
	pdfium: { HEAPU8: Uint8Array<ArrayBuffer> };
};

/** Above this many bytes the memory is worth giving back: WebAssembly memory never shrinks. */
const KEEP_UP_TO = 512 * 1024 * 1024;

/** Loading takes 30 to 100 ms, so each thread keeps its instance. */
let instance: Promise<Pdfium> | undefined;

async function load(): Promise<Pdfium> {
	const file = fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm'));
	const bytes = await readFile(file);
	const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
	const pdfium = await init({ wasmBinary: wasmBinary as ArrayBuffer });
	pdfium.PDFiumExt_Init();
	return pdfium as Pdfium;
}

/** This thread's PDFium. */
export function pdfium(): Promise<Pdfium> {
	instance ??= load();
	return instance;
}

/** Forgets the instance; the next job loads a clean one. */
export function forgetPdfium(): void {
	instance = undefined;
}

/** Gives memory back after a document that needed much of it. */
export function shrinkPdfium(engine: Pdfium): void {
	if (engine.pdfium.HEAPU8.length > KEEP_UP_TO) forgetPdfium();
}

/** Lends memory of the engine for the time of a function. */
export function withMemory<Result>(
	engine: Pdfium,
	bytes: number,
	use: (pointer: number) => Result,
): Result {
	const pointer = engine.pdfium.wasmExports.malloc(bytes);
	if (pointer === 0) throw new RangeError(`PDFium has no ${bytes} bytes left`);
	try {
		return use(pointer);
	} finally {
		engine.pdfium.wasmExports.free(pointer);
	}
}
