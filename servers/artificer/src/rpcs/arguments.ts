import { invalid } from '../calls/failure.js';
import { IMAGE_FORMATS, type ImageFormat } from '../engines/image/encode.js';

/** Passes a number that may be 0 or more; throws INVALID_ARGUMENT that names the field else. */
export function notNegative(field: string, value: number): number {
	if (value >= 0) return value;
	throw invalid(`${field} is ${value}, but has to be 0 or more.`);
}

/** The format that was asked for; `jpg` is the same as `jpeg`, and empty the default. */
export function formatOf(field: string, asked: string): ImageFormat {
	const name = asked.trim().toLowerCase() || 'png';
	const format = IMAGE_FORMATS.find((known) => known === (name === 'jpg' ? 'jpeg' : name));
	if (format !== undefined) return format;
	throw invalid(
		`${field} is "${asked.slice(0, 40)}", but has to be one of ${IMAGE_FORMATS.join(', ')}.`,
	);
}
