import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import { DATA_FOLDER } from './bundled.js';
import { type Reading, segmentationMode, tidyReading } from './reading.js';

export interface WasmOcrJob {
	/** PNG. */
	image: Uint8Array;
	languages: string[];
}

/** How the engine is named in answers; the core is Tesseract 5 compiled to WebAssembly. */
const MODEL = 'tesseract 5 (WebAssembly)';

interface Engine {
	languages: string;
	worker: Worker;
}

/** Loading takes half a second, so the last one is kept. It runs in a thread below this worker's. */
let engine: Engine | undefined;

async function engineFor(languages: readonly string[]): Promise<Worker> {
	const wanted = languages.join('+');
	if (engine?.languages === wanted) return engine.worker;
	await engine?.worker.terminate();
	engine = undefined;
	const worker = await createWorker(wanted, OEM.LSTM_ONLY, {
		langPath: DATA_FOLDER,
		// All data are at hand: nothing is fetched and nothing written.
		cacheMethod: 'none',
		errorHandler: () => undefined,
	});
	const mode = segmentationMode(languages) === '4' ? PSM.SINGLE_COLUMN : PSM.AUTO;
	await worker.setParameters({
		tessedit_pageseg_mode: mode,
		preserve_interword_spaces: '1',
		user_defined_dpi: '200',
	});
	engine = { languages: wanted, worker };
	return worker;
}

/** Reads a PNG by WebAssembly, with the languages that travel with the server. */
export async function readWithWasm({ image, languages }: WasmOcrJob): Promise<Reading> {
	const worker = await engineFor(languages);
	const { data } = await worker.recognize(Buffer.from(image), {}, { text: true });
	const text = tidyReading(data.text);
	return { text, confidence: text === '' ? 0 : data.confidence / 100, model: MODEL };
}
