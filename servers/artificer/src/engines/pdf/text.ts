import { withPage, withPdf, type OpenPdf, type PdfSource } from './document.js';
import { flattenForm } from './form.js';
import { readingOrder } from './layout.js';
import { withMemory } from './pdfium.js';
import { segmentsOf, type Segment } from './segments.js';

export interface PageRange {
	source: PdfSource;
	/** First page, from 0. */
	from: number;
	/** The first page that is not wanted any more. */
	to: number;
}

/**
 * After this many ms no further page is begun: others wait for the worker. Handing a job over costs
 * some tenths of a millisecond.
 */
const TURN_MS = 25;

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

/** The drawn text of segments, line by line. */
function textOfLines(drawn: string, lines: readonly (readonly Segment[])[]): string {
	const words = ({ start, end }: Segment): string => drawn.slice(start, end).replace(/\s+/g, ' ');
	return lines.map((line) => line.map(words).join(' ')).join('\n');
}

function textOf(pdf: OpenPdf, page: number, hasForm: boolean): string {
	const { engine } = pdf;
	const textPage = engine.FPDFText_LoadPage(page);
	if (textPage === 0) return '';
	try {
		const drawn = drawnText(pdf, textPage);
		const lines = readingOrder(segmentsOf(engine, page, textPage, drawn), hasForm);
		return tidy(lines === undefined ? drawn : textOfLines(drawn, lines));
	} finally {
		engine.FPDFText_ClosePage(textPage);
	}
}

function readPage(pdf: OpenPdf, page: number, hasForm: boolean): PageText {
	const blank = pdf.engine.FPDFPage_CountObjects(page) === 0;
	return { text: blank ? '' : textOf(pdf, page, hasForm), blank };
}

/** The text of a page (from 0). A page is taken apart once, or again where it has a form. */
function pageText(pdf: OpenPdf, index: number): PageText {
	const plain = withPage(pdf, index, (page) =>
		flattenForm(pdf.engine, page) ? undefined : readPage(pdf, page, false),
	);
	return plain ?? withPage(pdf, index, (page) => readPage(pdf, page, true));
}

/**
 * The text of pages, each in reading order: of as many of them, from the first on, as a turn of the
 * worker holds, at least one.
 */
export function pageTexts({ source, from, to }: PageRange): Promise<PageText[]> {
	return withPdf(source, (pdf) => {
		const end = performance.now() + TURN_MS;
		const texts: PageText[] = [];
		for (let index = from; index < to; index += 1) {
			texts.push(pageText(pdf, index));
			if (performance.now() > end) break;
		}
		return texts;
	});
}
