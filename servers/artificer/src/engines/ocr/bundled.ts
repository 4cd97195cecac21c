import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

/** Languages whose data travel with the server, as packages. */
export const BUNDLED: ReadonlySet<string> = new Set(['eng', 'kor', 'jpn', 'chi_sim']);

const unzip = promisify(gunzip);

/** The data of a bundled language: Tesseract's integer models, which are the fastest. */
export async function languageData(language: string): Promise<Uint8Array> {
	const name = `@tesseract.js-data/${language}/package.json`;
	const folder = new URL('./4.0.0_best_int/', import.meta.resolve(name));
	return unzip(await readFile(fileURLToPath(new URL(`${language}.traineddata.gz`, folder))));
}
