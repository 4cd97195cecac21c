import { unary } from '../calls/answer.js';
import { invalid } from '../calls/failure.js';
import { DEFAULT_QUALITY, mediaType } from '../engines/image/encode.js';
import type { ImageServiceHandlers } from '../generated/artificer/ImageService.js';
import { formatOf, notNegative } from '../rpcs/arguments.js';
import type { ServiceContext } from './context.js';
import { stopwatch } from '../rpcs/stopwatch.js';

function qualityOf(asked: number): number {
	if (asked >= 0 && asked <= 100) return asked || DEFAULT_QUALITY;
	throw invalid(`quality is ${asked}, but has to be from 1 to 100 (0 for the default of 95).`);
}

export function imageService({ pool, settings, ocr }: ServiceContext): ImageServiceHandlers {
	const { maxPixels } = settings;
	return {
		ExtractTextFromImage: unary(async ({ image_data }, { signal, metadata }) => {
			const elapsed = stopwatch();
			const languages = ocr.languagesFor(metadata);
			await ocr.check(languages);
			const reading = await ocr.readFile(image_data, languages, signal);
			const { text, confidence, provider, model, usage } = reading;
			const used = { tokens_used: usage.tokens, cost: usage.costUsd };
			return {
				text,
				confidence,
				metadata: { processing_time_ms: elapsed(), provider, model, ...used },
			};
		}),
		ConvertImage: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const format = formatOf('output_format', request.output_format);
			const job = {
				data: request.image_data,
				format,
				maxWidth: notNegative('max_width', request.max_width),
				maxHeight: notNegative('max_height', request.max_height),
				quality: qualityOf(request.quality),
				maxPixels,
			};
			const { data, width, height } = await pool.run('image/convert', job, signal);
			return {
				image_data: Buffer.from(data),
				content_type: mediaType(format),
				width,
				height,
				size_bytes: data.length,
				format,
				processing_time_ms: elapsed(),
			};
		}),
	};
}
