import type { Metadata } from '@grpc/grpc-js';
import { Failure, invalid } from '../calls/failure.js';
import { BUNDLED } from '../engines/ocr/bundled.js';
import { findTesseract, readWithProgram, type TesseractProgram } from '../engines/ocr/program.js';
import type { Reading } from '../engines/ocr/reading.js';
import { parseLanguages, type Settings } from '../settings.js';
import type { Pool } from '../workers/pool.js';

/** A reading, and who did it. */
export interface OcrReading extends Reading {
	/** `tesseract`, as the contract names it. */
	provider: string;
}

/**
 * Reads text in images: by the system's `tesseract` where it is installed with the languages, else
 * by WebAssembly with the languages that travel with the server.
 */
export class Ocr {
	private readonly program: Promise<TesseractProgram | undefined> = findTesseract();

	constructor(
		private readonly pool: Pool,
		private readonly settings: Settings,
	) {}

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

	/** Throws FAILED_PRECONDITION for languages that no engine here knows. */
	async check(languages: readonly string[]): Promise<void> {
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

	/** Whether the configured languages can be read here, by reading a small blank image. */
	async works(): Promise<boolean> {
		const languages = this.settings.ocrLanguages;
		const { signal } = new AbortController();
		try {
			await this.check(languages);
			await this.read(await this.pool.run('probe/scan', {}, signal), languages, signal);
			return true;
		} catch {
			return false;
		}
	}

	/** Reads a PNG. */
	async read(image: Uint8Array, languages: string[], signal: AbortSignal): Promise<OcrReading> {
		const program = await this.programFor(languages);
		const reading =
			program === undefined
				? await this.pool.run('ocr/wasm', { image, languages }, signal)
				: await this.pool.occupy(
						(limited) => readWithProgram(program, image, languages, limited),
						signal,
					);
		return { ...reading, provider: 'tesseract' };
	}

	private async programFor(languages: readonly string[]): Promise<TesseractProgram | undefined> {
		const program = await this.program;
		return languages.every((language) => program?.languages.has(language)) ? program : undefined;
	}
}
