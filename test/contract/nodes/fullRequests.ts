const document = {
	content: [
		{
			type: 'table',
			key: 'k',
			style: 'normal',
			children: [{ type: 'span', key: 's', text: '글', marks: ['strong'] }],
			mark_defs: [{ key: 'm', type: 'link', href: 'https://example.com' }],
			list_item: 'bullet',
			level: 2,
			code: 'c',
			language: 'ts',
			url: 'u',
			alt: 'a',
			caption: 'p',
			rows: [
				{
					type: 'row',
					key: 'r',
					cells: [
						{
							type: 'cell',
							key: 'x',
							content: [{ type: 'span', key: 't', text: '1', marks: [] }],
						},
					],
				},
			],
		},
	],
	metadata: { title: '안내' },
};

const pdf_data = Buffer.from([0, 255, 37, 80]);
const image_data = Buffer.from([137, 80, 78, 71]);
const messages = [{ role: 'user', content: '안녕' }];
const counting = { messages, model: 'gpt-4o', message_overhead: 4, conversation_overhead: 3 };
const cutting = { chunk_size: 100, chunk_overlap: 20, separators: ['\n\n', ' '] };
const input = { document_id: 'd', project_id: 'p', content: '글', filename: 'a.txt' };

/** For each RPC, a request that has every field set to something that proto3 doesn't leave out. */
export const fullRequests: Record<string, object> = {
	'PDFService/ExtractText': { pdf_data },
	'PDFService/ProcessPDF': { pdf_data, force_ocr: true, min_text_threshold: 100 },
	'PDFService/CheckNeedsOCR': { pdf_data, min_text_threshold: 100 },
	'PDFService/ExtractPagesToImages': {
		pdf_data,
		dpi: 200,
		format: 'png',
		max_width: 2000,
		max_height: 1000,
	},
	'ImageService/ExtractTextFromImage': { image_data, content_type: 'image/png' },
	'ImageService/ConvertImage': {
		image_data,
		output_format: 'webp',
		max_width: 800,
		max_height: 600,
		quality: 95,
	},
	'ConversionService/ImportMarkdown': {
		content: '# 제목',
		strict_mode: true,
		include_metadata: true,
	},
	'ConversionService/ImportHTML': { content: '<p>글</p>' },
	'ConversionService/ExportHTML': {
		document,
		include_styles: true,
		include_metadata: true,
		class_name: 'c',
		title: 't',
	},
	'ConversionService/ExportMarkdown': { document, include_metadata: true },
	'ConversionService/ExportNotion': { document, pretty_print: true },
	'ConversionService/ExportRoam': { document, pretty_print: true },
	'ConversionService/BatchExport': {
		documents: [document, document],
		format: 'EXPORT_FORMAT_HTML',
		options: { include_styles: 'true' },
	},
	'TextService/ChunkDocument': { ...input, ...cutting },
	'TextService/ChunkDocumentsBatch': { documents: [input], ...cutting },
	'TextService/CountTokens': { content: '안녕', model: 'gpt-4o' },
	'TextService/CountConversationTokens': counting,
	'TextService/EstimateMessageFit': { ...counting, max_tokens: 1000 },
	'TextService/CalculateContextWindow': {
		model_context_window: 200_000,
		output_tokens: 4096,
		system_tokens: 2000,
	},
	'MetricsService/HealthCheck': {},
	'MetricsService/GetMetrics': {},
};
