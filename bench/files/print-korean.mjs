// @ts-check
/**
 * Prints korean-printed.pdf anew, ten pages of Korean text in Noto Sans CJK, with the system's
 * Chromium. Run by hand when its text is to change: `node bench/files/print-korean.mjs` (Debian:
 * apt-get install chromium fonts-noto-cjk).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { koreanWords } from '../support/words.mjs';

/** So many words fill ten pages and no eleventh. */
const paragraphs = 70;
const wordsEach = 90;

const words = koreanWords();
const texts = Array.from({ length: paragraphs }, () =>
	Array.from({ length: wordsEach }, () => words.next().value).join(' '),
);
const style = `
	@page { size: A4; margin: 20mm }
	body { font: 11pt/1.5 "Noto Sans CJK KR"; text-align: justify }
`;
const folder = mkdtempSync(path.join(os.tmpdir(), 'print-korean-'));
try {
	const source = path.join(folder, 'text.html');
	const body = texts.map((text) => `<p>${text}</p>`).join('');
	writeFileSync(
		source,
		`<html lang="ko"><meta charset="utf-8"><style>${style}</style>${body}</html>`,
	);
	execFileSync(
		process.env.CHROMIUM ?? 'chromium',
		[
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			`--user-data-dir=${path.join(folder, 'profile')}`,
			'--no-pdf-header-footer',
			`--print-to-pdf=${path.join(import.meta.dirname, 'korean-printed.pdf')}`,
			`file://${source}`,
		],
		{ stdio: 'inherit' },
	);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
