import type { Sharp } from 'sharp';

/** What images are written as. */
export const IMAGE_FORMATS = ['png', 'jpeg', 'webp'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** The media type of a format. */
export const mediaType = (format: ImageFormat): string => `image/${format}`;

/**
 * Of zlib's levels, 2 writes pages of text up to a third faster than 6 and hardly larger.
 * Measured on rendered PDF pages.
 */
const PNG_LEVEL = 2;

/** Quality where nobody asked for one; 1 to 100, for formats that lose detail. */
export const DEFAULT_QUALITY = 95;

/** Sets the output format. `quality` from 1 to 100; PNG loses nothing and ignores it. */
export function encode(image: Sharp, format: ImageFormat, quality = DEFAULT_QUALITY): Sharp {
	switch (format) {
		case 'png':
			return image.png({ compressionLevel: PNG_LEVEL });
		case 'jpeg':
			return image.jpeg({ quality });
		case 'webp':
			return image.webp({ quality });
	}
}
