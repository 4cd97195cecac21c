import { withPage, withPdf, type OpenPdf, type PdfSource } from './document.js';
import { flattenForm } from './form.js';
import { readingOrder } from './layout.js';
import { withMemory } from './pdfium.js';
import { segmentsOf } from './segments.js';

export interface PageRange {
	source: PdfSource;
	/** First page, from 0. */
	from: number;
	/** The first page that is not wanted any more. */
	to: number;
}

export interface PageText {
	text: string;
	/** Whether nothing at all is drawn on the page, so that OCR would find nothing either. */
	blank: boolean;
}

/** All text of the page in the order in which it is drawn. */
function drawnText(pdf: OpenPdf, textPage: number): string {
	const { engine } = pdf;
	const characters = engine.FPDFText_CountChars(textPage);
	if (characters <= 0) return '';
	// Two UTF-16 units a character at most, and the zero at the end.
	return withMemory(engine, (characters * 2 + 1) * 2, (pointer) => {
		const units = engine.FPDFText_GetText(textPage, 0, characters, pointer);
		const { buffer } = engine.pdfium.HEAPU8;
		return Buffer.from(buffer, pointer, Math.max(0, units - 1) * 2).toString('utf16le');
	});
}

/**
 * PDFium marks a hyphen at a line's end by U+0002 (or U+FFFE) in place of hyphen and line break.
 * Other control characters and halves of surrogate pairs come from broken fonts.
 */
function tidy(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/[\u0002\uFFFE]\n?/g, '-\n')
		.replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
		.replace(/[ \t]+$/gm, '')
		.toWellFormed()
		.trim();
}

function textOf(pdf: OpenPdf, page: number, hasForm: boolean): string {
	const { engine } = pdf;
	const textPage = engine.FPDFText_LoadPage(page);
	if (textPage === 0) return '';
	try {
		const drawn = drawnText(pdf, textPage);
		const ordered = readingOrder(segmentsOf(engine, page, textPage, drawn), hasForm);
		return tidy(ordered ?? drawn);
	} finally {
		engine.FPDFText_ClosePage(textPage);
	}
}

/** The text of some pages, each in reading order. */
export function pageTexts({ source, from, to }: PageRange): Promise<PageText[]> {
	return withPdf(source, (pdf) => {
		const texts: PageText[] = [];
		for (let index = from; index < to; index += 1) {
			const hasForm = withPage(pdf, index, (page) => flattenForm(pdf.engine, page));
			const text = withPage(pdf, index, (page) => ({
				text: textOf(pdf, page, hasForm),
				blank: pdf.engine.FPDFPage_CountObjects(page) === 0,
			}));
			texts.push(text);
		}
		return texts;
	});
}
