import { chmodSync, cpSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);

// The published server reads its .proto files at start, so they travel with it.
cpSync(new URL('../../../proto/', import.meta.url), new URL('proto/', dist), { recursive: true });

// OCR without a network: the language data travel along, in one folder as the engine wants them.
// (Handed over as data they are lost: tesseract.js 7 takes them for the language's name.)
for (const language of ['eng', 'kor', 'jpn', 'chi_sim']) {
	const name = `@tesseract.js-data/${language}/package.json`;
	const folder = new URL('./4.0.0_best_int/', import.meta.resolve(name));
	const file = `${language}.traineddata.gz`;
	cpSync(new URL(file, folder), new URL(`tessdata/${file}`, dist));
}

chmodSync(new URL('main.js', dist), 0o755);
