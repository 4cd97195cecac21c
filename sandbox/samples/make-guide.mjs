// @ts-check
/**
 * Prints guide.html to guide.pdf with the system's Chromium, and writes guide.txt: the texts that a
 * conversion has to give back, one a line and in order. Run by hand after guide.html has changed:
 * `node sandbox/samples/make-guide.mjs` (Debian: apt-get install chromium fonts-noto-cjk).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.dirname(fileURLToPath(import.meta.url));
const source = path.join(folder, 'guide.html');
const profile = mkdtempSync(path.join(os.tmpdir(), 'make-guide-'));
try {
	execFileSync(
		process.env.CHROMIUM ?? 'chromium',
		[
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			`--user-data-dir=${profile}`,
			'--no-pdf-header-footer',
			`--print-to-pdf=${path.join(folder, 'guide.pdf')}`,
			`file://${source}`,
		],
		{ stdio: 'inherit' },
	);
} finally {
	rmSync(profile, { recursive: true, force: true });
}

const texts = [...readFileSync(source, 'utf8').matchAll(/<(h1|h2|p|li)\b[^>]*>(.*?)<\/\1>/gs)];
const lines = texts.map(([, , inside = '']) =>
	inside
		.replace(/<[^>]+>/g, '')
		.replace(/\s+/g, ' ')
		.trim(),
);
writeFileSync(path.join(folder, 'guide.txt'), `${lines.join('\n')}\n`);
