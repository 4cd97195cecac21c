import sharp from 'sharp';
import { importMarkdown } from './document/fromMarkdown.js';
import { prepareScan } from './image/scan.js';
import { pdfium } from './pdf/pdfium.js';
import { countTokens } from './text/tokens.js';

/*
 * Each does the least real work of its engine and throws where that fails.
 */

export async function probePdf(): Promise<void> {
	await pdfium();
}

/** A small blank PNG, for OCR to read nothing in. */
export function blankScan(): Promise<Uint8Array> {
	const background = { r: 255, g: 255, b: 255 };
	return sharp({ create: { width: 64, height: 64, channels: 3, background } })
		.png()
		.toBuffer();
}

export async function probeImage(): Promise<void> {
	await prepareScan({ data: await blankScan(), maxPixels: 1_000_000 });
}

export async function probeText(): Promise<void> {
	await countTokens({ texts: ['a'], model: '' });
}

export async function probeDocument(): Promise<void> {
	await importMarkdown({ content: '# a', strict: false, includeMetadata: false });
}
