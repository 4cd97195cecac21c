import { encode, type ImageFormat } from './encode.js';
import { withImage } from './open.js';

export interface ConvertJob {
	data: Uint8Array;
	format: ImageFormat;
	/** Pixels; 0 for no limit. */
	maxWidth: number;
	maxHeight: number;
	/** 1 to 100. */
	quality: number;
	/** Most pixels that the server reads. */
	maxPixels: number;
}

export interface ConvertedImage {
	data: Uint8Array;
	/** Pixels. */
	width: number;
	height: number;
}

/** Writes an image in another format and no larger than asked; the aspect ratio is kept. */
export function convertImage(job: ConvertJob): Promise<ConvertedImage> {
	return withImage(job.data, job.maxPixels, async (image) => {
		const resized = image.resize({
			width: job.maxWidth || undefined,
			height: job.maxHeight || undefined,
			fit: 'inside',
			withoutEnlargement: true,
		});
		// JPEG has no transparency; libvips would make it black.
		const opaque = job.format === 'jpeg' ? resized.flatten({ background: '#fff' }) : resized;
		const { data, info } = await encode(opaque, job.format, job.quality).toBuffer({
			resolveWithObject: true,
		});
		return { data, width: info.width, height: info.height };
	});
}
