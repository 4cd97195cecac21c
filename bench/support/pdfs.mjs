// @ts-check
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { englishWords, koreanWords } from './words.mjs';

/** @type {[number, number]} A4 in points */
const A4 = [595, 842];
const koreanFont = '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf';
const printed = new URL('../files/korean-printed.pdf', import.meta.url);

/**
 * Pages full of English text in a standard font, which every reader has of its own.
 *
 * @param {number} pages
 */
export async function englishPdf(pages) {
	const pdf = await PDFDocument.create();
	return await filled(pdf, await pdf.embedFont(StandardFonts.Helvetica), englishWords(), pages);
}

/**
 * Pages full of English text in a subset of a TrueType font, as word processors embed it.
 *
 * @param {number} pages
 */
export async function embeddedEnglishPdf(pages) {
	const pdf = await PDFDocument.create();
	return await filled(pdf, await embedded(pdf, true), englishWords(), pages);
}

/**
 * Pages full of Korean text in a subset of a TrueType font, as word processors embed it.
 *
 * @param {number} pages
 */
export async function koreanPdf(pages) {
	const pdf = await PDFDocument.create();
	return await filled(pdf, await embedded(pdf, true), koreanWords(), pages);
}

/**
 * Pages full of Korean text in a TrueType font with all its glyphs, as programs embed it that can't
 * make a subset.
 *
 * @param {number} pages
 */
export async function wholeFontKoreanPdf(pages) {
	const pdf = await PDFDocument.create();
	return await filled(pdf, await embedded(pdf, false), koreanWords(), pages);
}

/** Ten pages of Korean text printed by Chromium, which embeds Noto Sans CJK as outlines (Type 3). */
export async function printedKoreanPdf() {
	return await readFile(printed);
}

/**
 * A page of text, and beside it so much that can't be compressed.
 *
 * @param {number} bytes
 */
export async function largePdf(bytes) {
	const pdf = await PDFDocument.create();
	await pdf.attach(randomBytes(bytes), 'attachment.bin');
	return await filled(pdf, await pdf.embedFont(StandardFonts.Helvetica), englishWords(), 1);
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
 * @param {boolean} subset whether only with the glyphs that are used
 */
async function embedded(pdf, subset) {
	pdf.registerFontkit(fontkit);
	const file = createRequire(import.meta.url).resolve(koreanFont);
	return await pdf.embedFont(await readFile(file), { subset });
}

/**
 * @param {PDFDocument} pdf
 * @param {import('pdf-lib').PDFFont} font
 * @param {Generator<string, never>} words
 * @param {number} pages
 */
async function filled(pdf, font, words, pages) {
	const size = 11;
	/** @type {Map<string, number>} measuring is what takes the time here */
	const widths = new Map();
	for (let number = 1; number <= pages; number++) {
		const page = pdf.addPage(A4);
		for (let y = A4[1] - 60; y > 60; y -= size * 1.5) {
			const line = [];
			for (let width = 0; width < A4[0] - 170;) {
				const word = words.next().value;
				const own = widths.get(word) ?? font.widthOfTextAtSize(`${word} `, size);
				widths.set(word, own);
				width += own;
				line.push(word);
			}
			page.drawText(line.join(' '), { x: 60, y, size, font });
		}
	}
	return Buffer.from(await pdf.save());
}
