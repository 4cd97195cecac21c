import { fileURLToPath } from 'node:url';

/** Languages whose data travel with the server; the build puts them beside the compiled code. */
export const BUNDLED: ReadonlySet<string> = new Set(['eng', 'kor', 'jpn', 'chi_sim']);

/** Folder of the bundled languages' data: Tesseract's integer models, which are the fastest. */
export const DATA_FOLDER = fileURLToPath(new URL('../../tessdata/', import.meta.url));
