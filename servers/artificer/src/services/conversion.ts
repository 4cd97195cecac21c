import { unary } from '../calls/answer.js';
import { DEFAULT_CLASS } from '../engines/document/toHtml.js';
import type { ConversionServiceHandlers } from '../generated/artificer/ConversionService.js';
import { type ServiceContext, stopwatch } from './context.js';
import { documentOf } from './documents.js';

export function conversionService({
	pool,
}: ServiceContext): Pick<ConversionServiceHandlers, 'ImportMarkdown' | 'ExportHTML'> {
	return {
		ImportMarkdown: unary(async ({ content, strict_mode, include_metadata }, { signal }) => {
			const elapsed = stopwatch();
			const input = { content, strict: strict_mode, includeMetadata: include_metadata };
			const document = await pool.run('document/fromMarkdown', input, signal);
			return { document, processing_time_ms: elapsed() };
		}),
		ExportHTML: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const options = {
				includeStyles: request.include_styles,
				includeMetadata: request.include_metadata,
				className: request.class_name || DEFAULT_CLASS,
				title: request.title,
			};
			const input = { document: documentOf(request.document), options };
			const html = await pool.run('document/toHtml', input, signal);
			return { html, processing_time_ms: elapsed() };
		}),
	};
}
