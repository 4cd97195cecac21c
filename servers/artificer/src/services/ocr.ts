import type { Metadata } from '@grpc/grpc-js';
import { Failure, invalid } from '../calls/failure.js';
import { logModelFailure } from '../calls/log.js';
import { BUNDLED } from '../engines/ocr/bundled.js';
import { findTesseract, readWithProgram, type TesseractProgram } from '../engines/ocr/program.js';
import type { Reading } from '../engines/ocr/reading.js';
import { parseLanguages, type Settings } from '../settings.js';
import type { Monitor } from '../monitoring/monitor.js';
import type { ModelUsage, VisionModel } from '../vision/visionModel.js';
import type { Pool } from '../workers/pool.js';

/** A reading, who did it, and what was used for it. */
export interface OcrReading extends Reading {
	/** As the contract names them. */
	provider: 'openai' | 'tesseract';
	/** What a model used, also where its answer was of no use and Tesseract read instead. */
	usage: ModelUsage;
}

/** What OCR works with. */
export interface OcrParts {
	pool: Pool;
	settings: Settings;
	monitor: Monitor;
	/** Undefined where none is configured. */
	model: VisionModel | undefined;
}

/**
 * Reads text in images: by a vision model where one is configured; where there is none, or its answer
 * is of no use, by the system's `tesseract` where that is installed with the languages, else by
 * WebAssembly with the languages that travel with the server.
 */
export class Ocr {
	private readonly program: Promise<TesseractProgram | undefined> = findTesseract();

	private readonly pool: Pool;
	private readonly settings: Settings;
	private readonly monitor: Monitor;
	private readonly model: VisionModel | undefined;

	constructor({ pool, settings, monitor, model }: OcrParts) {
		this.pool = pool;
		this.settings = settings;
		this.monitor = monitor;
		this.model = model;
	}

	/** Whether the model is asked; undefined where none is configured. */
	get modelWorks(): boolean | undefined {
		return this.model && !this.model.isResting;
	}

	/** The languages of a call: its metadata `artificer-ocr-languages`, else the server's setting. */
	languagesFor(metadata: Metadata): string[] {
		const [asked] = metadata.get('artificer-ocr-languages');
		if (asked === undefined) return this.settings.ocrLanguages;
		try {
			return parseLanguages(asked.toString());
		} catch (error) {
			const allowed = error instanceof Error ? error.message : String(error);
			throw invalid(`Metadata artificer-ocr-languages can't be used: ${allowed}.`);
		}
	}

	/** Throws FAILED_PRECONDITION for languages that nothing here reads; a model may know any. */
	async check(languages: readonly string[]): Promise<void> {
		if (this.modelWorks !== true) await this.checkTesseract(languages);
	}

	private async checkTesseract(languages: readonly string[]): Promise<void> {
		const known = new Set([...BUNDLED, ...((await this.program)?.languages ?? [])]);
		if (await this.programFor(languages)) return;
		const unknown = languages.filter((language) => !BUNDLED.has(language));
		if (unknown.length === 0) return;
		throw new Failure(
			'FAILED_PRECONDITION',
			`No OCR engine of this server reads ${languages.join('+')}. It knows ` +
				`${[...known].sort().join(', ')}; install Tesseract with the data of ` +
				`${unknown.join(', ')} on the server for more.`,
		);
	}

	/** Whether Tesseract reads the configured languages here, by reading a small blank image. */
	async works(): Promise<boolean> {
		const languages = this.settings.ocrLanguages;
		const { signal } = new AbortController();
		try {
			await this.checkTesseract(languages);
			await this.recognise(await this.pool.run('probe/scan', {}, signal), languages, signal);
			return true;
		} catch {
			return false;
		}
	}

	/** Reads a PNG that is ready for Tesseract, such as a rendered page. */
	async read(image: Uint8Array, languages: string[], signal: AbortSignal): Promise<OcrReading> {
		return this.byEither(image, languages, signal, async () => image);
	}

	/** Reads an image file as it came. */
	async readFile(data: Uint8Array, languages: string[], signal: AbortSignal): Promise<OcrReading> {
		const { maxPixels } = this.settings;
		const scan = (): Promise<Uint8Array> =>
			this.pool.run('image/scan', { data, maxPixels }, signal);
		return this.byEither(data, languages, signal, scan);
	}

	private async byEither(
		data: Uint8Array,
		languages: string[],
		signal: AbortSignal,
		scan: () => Promise<Uint8Array>,
	): Promise<OcrReading> {
		let usage: ModelUsage = { tokens: 0, costUsd: 0 };
		if (this.model !== undefined && !this.model.isResting) {
			const { maxPixels } = this.settings;
			const jpeg = await this.pool.run('image/forModel', { data, maxPixels }, signal);
			const outcome = await this.model.read(jpeg, languages, signal);
			usage = outcome.usage;
			this.monitor.modelAnswered(usage.tokens, usage.costUsd, 'reading' in outcome);
			if ('reading' in outcome) {
				this.monitor.ocrPageRead('openai');
				return { ...outcome.reading, provider: 'openai', usage };
			}
			logModelFailure(outcome.why);
		}
		await this.checkTesseract(languages);
		const reading = await this.recognise(await scan(), languages, signal);
		this.monitor.ocrPageRead('tesseract');
		return { ...reading, provider: 'tesseract', usage };
	}

	/** Reads a PNG by Tesseract. */
	private async recognise(
		image: Uint8Array,
		languages: string[],
		signal: AbortSignal,
	): Promise<Reading> {
		const program = await this.programFor(languages);
		if (program === undefined) return this.pool.run('ocr/wasm', { image, languages }, signal);
		return this.pool.occupy(
			(limited) => readWithProgram(program, image, languages, limited),
			signal,
		);
	}

	private async programFor(languages: readonly string[]): Promise<TesseractProgram | undefined> {
		const program = await this.program;
		return languages.every((language) => program?.languages.has(language)) ? program : undefined;
	}
}
