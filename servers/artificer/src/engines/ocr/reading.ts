/** What OCR read in one image. */
export interface Reading {
	text: string;
	/** 0 to 1; 0 where nothing was read. */
	confidence: number;
	/** The engine's version. */
	model: string;
}

/** Scripts without letters in Tesseract's sense of lines; see {@link segmentationMode}. */
const CJK = /^(kor|jpn|chi)/;

/**
 * Tesseract's page segmentation mode. Its automatic one (3) lost half of a Korean image in our
 * measurements; a single column of text of varying size (4) lost nothing.
 */
export const segmentationMode = (languages: readonly string[]): '3' | '4' =>
	languages.some((language) => CJK.test(language)) ? '4' : '3';

/** Tidies what Tesseract wrote: no form feed at the end, no blank lines in a row. */
export function tidyReading(text: string): string {
	return text
		.replace(/\f/g, '')
		.replace(/[ \t]+$/gm, '')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
