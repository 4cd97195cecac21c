import { metaText, withPdf, type PdfSource } from './document.js';

export interface PdfFacts {
	pages: number;
	/** Empty where the PDF doesn't say, as the two below. */
	title: string;
	author: string;
	/** The program that made the document. */
	creator: string;
}

/** What the PDF says of itself. */
export function inspect({ source }: { source: PdfSource }): Promise<PdfFacts> {
	return withPdf(source, (pdf) => ({
		pages: pdf.pages,
		title: metaText(pdf, 'Title'),
		author: metaText(pdf, 'Author'),
		creator: metaText(pdf, 'Creator') || metaText(pdf, 'Producer'),
	}));
}
