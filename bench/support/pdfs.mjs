// @ts-check
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, StandardFonts } from 'pdf-lib';

/** @type {[number, number]} A4 in points */
const A4 = [595, 842];
const koreanFont = '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf';
/** A document's own words differ: so many of either language are drawn from. */
const vocabulary = 2000;

/**
 * Pages full of English text in a standard font.
 *
 * @param {number} pages
 */
export async function englishPdf(pages) {
	const pdf = await PDFDocument.create();
	return await filled(pdf, await pdf.embedFont(StandardFonts.Helvetica), latinWord, pages);
}

/**
 * Pages full of Korean text in a subset of a Korean font.
 *
 * @param {number} pages
 */
export async function koreanPdf(pages) {
	const pdf = await PDFDocument.create();
	pdf.registerFontkit(fontkit);
	const file = createRequire(import.meta.url).resolve(koreanFont);
	const font = await pdf.embedFont(await readFile(file), { subset: true });
	return await filled(pdf, font, koreanWord, pages);
}

/**
 * A page of text, and beside it so much that can't be compressed.
 *
 * @param {number} bytes
 */
export async function largePdf(bytes) {
	const pdf = await PDFDocument.create();
	await pdf.attach(randomBytes(bytes), 'attachment.bin');
	return await filled(pdf, await pdf.embedFont(StandardFonts.Helvetica), latinWord, 1);
}

/**
 * The same PDF as another file: what follows its end is no part of the document.
 *
 * @param {Buffer} pdf
 * @param {number} number
 */
export function variantOf(pdf, number) {
	return Buffer.concat([pdf, Buffer.from(`\n% ${number}\n`)]);
}

/**
 * @param {PDFDocument} pdf
 * @param {import('pdf-lib').PDFFont} font
 * @param {(number: number) => string} wordOf
 * @param {number} pages
 */
async function filled(pdf, font, wordOf, pages) {
	const size = 11;
	const words = numbers();
	for (let number = 1; number <= pages; number++) {
		const page = pdf.addPage(A4);
		for (let y = A4[1] - 60; y > 60; y -= size * 1.5) {
			let line = '';
			while (font.widthOfTextAtSize(line, size) < A4[0] - 170) {
				line += `${wordOf(words.next().value % vocabulary)} `;
			}
			page.drawText(line.trimEnd(), { x: 60, y, size, font });
		}
	}
	return Buffer.from(await pdf.save());
}

/**
 * Numbers without a pattern, the same in every run: a linear congruential generator (Numerical
 * Recipes).
 *
 * @returns {Generator<number, never>}
 */
function* numbers() {
	for (let state = 1; ;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state >>> 8;
	}
}

/** @param {number} number */
function latinWord(number) {
	const syllables = ['ka', 'ter', 'in', 'mo', 'ble', 'res', 'tion', 'fa', 'gu', 'sor', 'pe', 'lin'];
	const digits = number.toString(syllables.length).split('');
	return digits.map((digit) => syllables[Number.parseInt(digit, syllables.length)]).join('');
}

/**
 * Two syllables, of which Hangul has 11,172 from U+AC00 on; a document of ten pages has some hundred.
 *
 * @param {number} number
 */
function koreanWord(number) {
	return String.fromCodePoint(0xac00 + ((number * 13) % 700) * 16, 0xac00 + (number % 350) * 32);
}
