import { DEFAULT_CLASS } from '../engines/document/toHtml.js';
import type { ExportHTMLRequest__Output } from '../generated/artificer/ExportHTMLRequest.js';
import type { ExportHTMLResponse } from '../generated/artificer/ExportHTMLResponse.js';
import type { ExportMarkdownRequest__Output } from '../generated/artificer/ExportMarkdownRequest.js';
import type { ExportMarkdownResponse } from '../generated/artificer/ExportMarkdownResponse.js';
import type { ExportNotionRequest__Output } from '../generated/artificer/ExportNotionRequest.js';
import type { ExportNotionResponse } from '../generated/artificer/ExportNotionResponse.js';
import type { ExportRoamRequest__Output } from '../generated/artificer/ExportRoamRequest.js';
import type { ExportRoamResponse } from '../generated/artificer/ExportRoamResponse.js';
import type { ImportHTMLRequest__Output } from '../generated/artificer/ImportHTMLRequest.js';
import type { ImportHTMLResponse } from '../generated/artificer/ImportHTMLResponse.js';
import type { ImportMarkdownRequest__Output } from '../generated/artificer/ImportMarkdownRequest.js';
import type { ImportMarkdownResponse } from '../generated/artificer/ImportMarkdownResponse.js';
import { stopwatch } from './stopwatch.js';
import { documentOf } from './documents.js';

/** Answers ImportMarkdown. */
export async function importMarkdown(
	request: ImportMarkdownRequest__Output,
): Promise<ImportMarkdownResponse> {
	const elapsed = stopwatch();
	const { content, strict_mode: strict, include_metadata: includeMetadata } = request;
	const engine = await import('../engines/document/fromMarkdown.js');
	const document = await engine.importMarkdown({ content, strict, includeMetadata });
	return { document, processing_time_ms: elapsed() };
}

/** Answers ImportHTML. */
export async function importHtml({
	content,
}: ImportHTMLRequest__Output): Promise<ImportHTMLResponse> {
	const elapsed = stopwatch();
	const engine = await import('../engines/document/fromHtml.js');
	const document = await engine.importHtml({ content });
	return { document, processing_time_ms: elapsed() };
}

/** Answers ExportHTML. */
export async function exportHtml(request: ExportHTMLRequest__Output): Promise<ExportHTMLResponse> {
	const elapsed = stopwatch();
	const engine = await import('../engines/document/toHtml.js');
	const html = await engine.exportHtml({
		document: documentOf(request.document),
		options: {
			includeStyles: request.include_styles,
			includeMetadata: request.include_metadata,
			className: request.class_name || DEFAULT_CLASS,
			title: request.title,
		},
	});
	return { html, processing_time_ms: elapsed() };
}

/** Answers ExportMarkdown. */
export async function exportMarkdown(
	request: ExportMarkdownRequest__Output,
): Promise<ExportMarkdownResponse> {
	const elapsed = stopwatch();
	const engine = await import('../engines/document/toMarkdown.js');
	const document = documentOf(request.document);
	const markdown = await engine.exportMarkdown({
		document,
		includeMetadata: request.include_metadata,
	});
	return { markdown, processing_time_ms: elapsed() };
}

/** Answers ExportNotion. */
export async function exportNotion(
	request: ExportNotionRequest__Output,
): Promise<ExportNotionResponse> {
	const elapsed = stopwatch();
	const engine = await import('../engines/document/toNotion.js');
	const document = documentOf(request.document);
	const json = await engine.exportNotion({ document, pretty: request.pretty_print });
	return { json, processing_time_ms: elapsed() };
}

/** Answers ExportRoam. */
export async function exportRoam(request: ExportRoamRequest__Output): Promise<ExportRoamResponse> {
	const elapsed = stopwatch();
	const engine = await import('../engines/document/toRoam.js');
	const document = documentOf(request.document);
	const json = await engine.exportRoam({ document, pretty: request.pretty_print });
	return { json, processing_time_ms: elapsed() };
}
