import { withImage } from './open.js';

export interface ForModelJob {
	data: Uint8Array;
	/** Most pixels that the server reads. */
	maxPixels: number;
}

/** Longest side in pixels: what OpenAI's models scale larger pictures down to. */
const LONGEST_SIDE = 2048;
/** Most bytes that are sent: a picture of noise of that size has less at the lower quality. */
const MOST_BYTES = 4 * 1024 * 1024;
/** JPEG quality at which small letters stay clean, and the one for pictures that are too large so. */
const QUALITIES = { usual: 85, lower: 40 };

/** Makes an image ready for a vision model: upright, on white, no larger than it looks at; as JPEG. */
export function prepareForModel({ data, maxPixels }: ForModelJob): Promise<Uint8Array> {
	return withImage(data, maxPixels, async (image) => {
		const fit = 'inside';
		const sized = image
			.resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit, withoutEnlargement: true })
			.flatten({ background: '#fff' });
		const usual = await sized.clone().jpeg({ quality: QUALITIES.usual }).toBuffer();
		if (usual.length <= MOST_BYTES) return usual;
		return sized.jpeg({ quality: QUALITIES.lower }).toBuffer();
	});
}
