import sharp from 'sharp';
import { importMarkdown } from './document/fromMarkdown.js';
import { pdfium } from './pdf/pdfium.js';
import { countTokens } from './text/tokens.js';

/*
 * Each does the least real work of its engine and throws where that fails.
 */

export async function probePdf(_: object): Promise<void> {
	await pdfium();
}

export async function probeImage(_: object): Promise<void> {
	const background = { r: 0, g: 0, b: 0 };
	await sharp({ create: { width: 1, height: 1, channels: 3, background } })
		.png()
		.toBuffer();
}

export async function probeText(_: object): Promise<void> {
	await countTokens({ texts: ['a'], model: '' });
}

export async function probeDocument(_: object): Promise<void> {
	await importMarkdown({ content: '# a', strict: false, includeMetadata: false });
}
