import sharp, { type Sharp } from 'sharp';
import { Failure, invalid, tooMuch } from '../../calls/failure.js';

// Only these are ever decoded: others (SVG, PDF, ImageMagick's) can read files and run far.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: [
		'VipsForeignLoadPng',
		'VipsForeignLoadJpeg',
		'VipsForeignLoadWebp',
		'VipsForeignLoadHeif',
		'VipsForeignLoadNsgif',
		'VipsForeignLoadTiff',
	],
});
// The pool's workers are what runs at once; more threads an image would take others' cores.
sharp.concurrency(1);
// Pictures of different calls have nothing in common.
sharp.cache(false);

export const READABLE = 'PNG, JPEG, WebP, AVIF, GIF or TIFF';

/** What libvips says where the pixels are over the limit. */
const TOO_LARGE = /exceeds pixel limit/i;

function whyNot(error: unknown, maxPixels: number): Failure {
	const reason = error instanceof Error ? error.message : '';
	if (TOO_LARGE.test(reason)) {
		return tooMuch(
			`The image has more pixels than this server reads, which is ${maxPixels / 1e6} megapixels. ` +
				'Send a smaller one, or raise ARTIFICER_MAX_MEGAPIXELS on the server.',
		);
	}
	return invalid(
		`The data can not be read as an image: it is broken, cut off, or not ${READABLE}. ` +
			'Send the whole file as it is.',
	);
}

/**
 * Reads an image (of an animation the first picture), upright by its EXIF orientation, and does
 * something with it. What is wrong with the file shows only while pixels are read, so all failures
 * of the work are told as the image's.
 */
export async function withImage<Result>(
	data: Uint8Array,
	maxPixels: number,
	use: (image: Sharp) => Promise<Result>,
): Promise<Result> {
	if (data.length === 0) throw invalid('image_data is empty. Send the whole image file.');
	try {
		const image = sharp(Buffer.from(data), { limitInputPixels: maxPixels, failOn: 'truncated' });
		return await use(image.autoOrient());
	} catch (error) {
		throw error instanceof Failure ? error : whyNot(error, maxPixels);
	}
}
