import { streaming, unary } from '../calls/answer.js';
import { DEFAULT_CLASS } from '../engines/document/toHtml.js';
import type { ConversionServiceHandlers } from '../generated/artificer/ConversionService.js';
import { exportBatch } from './batch.js';
import { type ServiceContext, stopwatch } from './context.js';
import { documentOf } from './documents.js';
import { exporterFor } from './exports.js';

export function conversionService({ pool }: ServiceContext): ConversionServiceHandlers {
	return {
		ImportMarkdown: unary(async ({ content, strict_mode, include_metadata }, { signal }) => {
			const elapsed = stopwatch();
			const input = { content, strict: strict_mode, includeMetadata: include_metadata };
			const document = await pool.run('document/fromMarkdown', input, signal);
			return { document, processing_time_ms: elapsed() };
		}),
		ImportHTML: unary(async ({ content }, { signal }) => {
			const elapsed = stopwatch();
			const document = await pool.run('document/fromHtml', { content }, signal);
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
		ExportMarkdown: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const document = documentOf(request.document);
			const input = { document, includeMetadata: request.include_metadata };
			const markdown = await pool.run('document/toMarkdown', input, signal);
			return { markdown, processing_time_ms: elapsed() };
		}),
		ExportNotion: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const input = { document: documentOf(request.document), pretty: request.pretty_print };
			const json = await pool.run('document/toNotion', input, signal);
			return { json, processing_time_ms: elapsed() };
		}),
		ExportRoam: unary(async (request, { signal }) => {
			const elapsed = stopwatch();
			const input = { document: documentOf(request.document), pretty: request.pretty_print };
			const json = await pool.run('document/toRoam', input, signal);
			return { json, processing_time_ms: elapsed() };
		}),
		BatchExport: streaming(({ documents, format, options }, { signal }) =>
			exportBatch(documents, pool.workers, exporterFor(pool, format, options), signal),
		),
	};
}
