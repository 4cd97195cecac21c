import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Reading, segmentationMode, tidyReading } from './reading.js';

/** The system's own `tesseract`. */
export interface TesseractProgram {
	/** E.g. `tesseract 5.3.0`. */
	version: string;
	languages: ReadonlySet<string>;
}

/**
 * One thread an image, always: with more, pages that are read at once wait for each other. A page
 * took 2.1 s with one thread and 19.5 s without the limit on two cores.
 */
const ENVIRONMENT = { ...process.env, OMP_THREAD_LIMIT: '1' };

const run = promisify(execFile);

/** Finds the program; undefined where the system has none that works. */
export async function findTesseract(): Promise<TesseractProgram | undefined> {
	try {
		const version = await run('tesseract', ['--version'], { env: ENVIRONMENT });
		const list = await run('tesseract', ['--list-langs'], { env: ENVIRONMENT });
		const [first = 'tesseract'] = `${version.stdout}${version.stderr}`.split('\n');
		const languages = list.stdout
			.split('\n')
			.slice(1)
			.map((line) => line.trim());
		return { version: first.trim(), languages: new Set(languages.filter(Boolean)) };
	} catch {
		// Not installed, or not able to start: WebAssembly does its work.
		return undefined;
	}
}

/** The mean confidence of words, by their length, from Tesseract's table of what it read. */
function confidenceOf(tsv: string): number {
	let letters = 0;
	let sum = 0;
	for (const line of tsv.split('\n').slice(1)) {
		const [confidence, word = ''] = line.split('\t').slice(10);
		const value = Number(confidence);
		// Rows of pages, blocks and lines have a confidence of -1.
		if (!(value >= 0) || word.trim() === '') continue;
		letters += word.trim().length;
		sum += value * word.trim().length;
	}
	return letters === 0 ? 0 : sum / letters / 100;
}

function feed(args: string[], image: Uint8Array, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn('tesseract', args, {
			env: ENVIRONMENT,
			signal,
			killSignal: 'SIGKILL',
			stdio: ['pipe', 'ignore', 'ignore'],
		});
		child.once('error', reject);
		child.once('close', (code, killer) => {
			if (code === 0) resolve();
			else reject(new Error(`tesseract ended with ${code ?? killer}`));
		});
		// A program that ended early leaves a closed pipe; its exit code says why.
		child.stdin.on('error', () => undefined);
		child.stdin.end(image);
	});
}

/** Reads a PNG with the system's program, which ends when the signal is aborted. */
export async function readWithProgram(
	program: TesseractProgram,
	image: Uint8Array,
	languages: readonly string[],
	signal: AbortSignal,
): Promise<Reading> {
	const folder = await mkdtemp(join(tmpdir(), 'artificer-ocr-'));
	try {
		const out = join(folder, 'out');
		const options = ['-l', languages.join('+'), '--psm', segmentationMode(languages)];
		const keepSpaces = ['-c', 'preserve_interword_spaces=1'];
		await feed(['stdin', out, ...options, ...keepSpaces, 'txt', 'tsv'], image, signal);
		const text = tidyReading(await readFile(`${out}.txt`, 'utf8'));
		const confidence = text === '' ? 0 : confidenceOf(await readFile(`${out}.tsv`, 'utf8'));
		return { text, confidence, model: program.version };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
