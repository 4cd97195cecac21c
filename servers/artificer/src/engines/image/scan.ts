import { withImage } from './open.js';

export interface ScanJob {
	data: Uint8Array;
	maxPixels: number;
}

/** Below this width letters are often smaller than the 20 pixels that Tesseract needs. */
const SMALL = 1000;

/** Makes an image ready for OCR: upright, on white, grey, small ones enlarged; as PNG. */
export function prepareScan({ data, maxPixels }: ScanJob): Promise<Uint8Array> {
	return withImage(data, maxPixels, async (image) => {
		const { width, height, autoOrient } = await image.metadata();
		const upright = autoOrient?.width ?? width;
		const scale = upright < SMALL && width * height * 4 <= maxPixels ? 2 : 1;
		return image
			.flatten({ background: '#fff' })
			.greyscale()
			.resize({ width: upright * scale })
			.png({ compressionLevel: 1 })
			.toBuffer();
	});
}
