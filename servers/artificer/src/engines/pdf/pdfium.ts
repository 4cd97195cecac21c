import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';

/** Functions of the engine that are called for every word, without the library's wrapping. */
interface Direct {
	/** Writes four doubles; 0 where there is no such character. */
	FPDFText_GetCharBox(
		textPage: number,
		index: number,
		left: number,
		right: number,
		bottom: number,
		top: number,
	): number;
	/** Below 0 where there is no such character. */
	FPDFText_GetCharIndexFromTextIndex(textPage: number, textIndex: number): number;
}

/** PDFium compiled to WebAssembly, with its memory. */
export type Pdfium = WrappedPdfiumModule & {
	pdfium: {
		/** Emscripten's view of the memory; a new one after each growth, so it is never kept. */
		HEAPU8: Uint8Array<ArrayBuffer>;
		wasmExports: Direct;
	};
};

/** Above this many bytes the memory is worth giving back: WebAssembly memory never shrinks. */
const KEEP_UP_TO = 512 * 1024 * 1024;

/** Name of the compiled engine among what a thread hands to the threads that it starts. */
const COMPILED = 'artificer-pdfium';

/** Each thread has an instance of its own, and keeps it. */
let instance: Promise<Pdfium> | undefined;

async function compile(): Promise<WebAssembly.Module> {
	const file = fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm'));
	return WebAssembly.compile(await readFile(file));
}

/**
 * Compiles the engine once for all threads that this one starts from now on: they share its machine
 * code, so that what one has warmed up is fast in all, and is in memory once.
 */
export async function sharePdfium(): Promise<void> {
	setEnvironmentData(COMPILED, await compile());
}

async function load(): Promise<Pdfium> {
	const shared = getEnvironmentData(COMPILED) as WebAssembly.Module | undefined;
	const compiled = shared ?? (await compile());
	const pdfium = await init({
		instantiateWasm: (
			imports: object,
			ready: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
		): object => {
			const made = new WebAssembly.Instance(compiled, imports);
			ready(made, compiled);
			return made.exports;
		},
	});
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
