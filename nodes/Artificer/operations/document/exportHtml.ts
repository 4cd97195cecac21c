import { documentField, documentOf } from './documentField';
import { artificerRetryWaits, rpcOperation, textTimeoutSeconds } from '../rpcOperation';

export const exportHtml = rpcOperation('ConversionService', 'ExportHTML', {
	resource: 'document',
	name: 'exportHtml',
	displayName: 'Export HTML',
	action: 'Export document as HTML',
	description: 'Turn a Portable Text document into an HTML page',
	aliases: ['html', 'web page', 'convert'],
	idempotent: true,
	timeoutSeconds: textTimeoutSeconds,
	retryWaits: artificerRetryWaits,
	fields: [
		documentField,
		{
			displayName: 'Output As',
			name: 'outputAs',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'An HTML file that can be saved or sent' },
				{ name: 'Text', value: 'text', description: 'The HTML as text in the field html' },
			],
			default: 'text',
			description: 'How the HTML leaves the node',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			required: true,
			default: 'data',
			displayOptions: { show: { outputAs: ['file'] } },
			hint: 'The name of the field to put the HTML file in',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: 'document.html',
			placeholder: 'e.g. report.html',
			displayOptions: { show: { outputAs: ['file'] } },
			description: 'The name of the HTML file',
		},
	],
	options: [
		{
			displayName: 'Class Name',
			name: 'className',
			type: 'string',
			default: 'document-content',
			description:
				'CSS class of the element around the content. Without this option: document-content.',
		},
		{
			displayName: 'Include Metadata',
			name: 'includeMetadata',
			type: 'boolean',
			default: true,
			description: "Whether the document's metadata are written into the page",
		},
		{
			displayName: 'Include Styles',
			name: 'includeStyles',
			type: 'boolean',
			default: true,
			description: 'Whether the page brings its own styles. Without this option: on.',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			description: "The page's title. Without this option: the title in the document's metadata.",
		},
	],
	toRequest(item) {
		return {
			document: documentOf(item),
			include_styles: item.option('includeStyles', true),
			include_metadata: item.option('includeMetadata', false),
			class_name: item.option('className', '') || 'document-content',
			title: item.option('title', ''),
		};
	},
	async fromResponse({ html, processing_time_ms }, item) {
		if (item.field('outputAs') === 'text') return { json: { html, processing_time_ms } };
		const name = item.fieldOr('fileName', '') || 'document.html';
		const file = await item.store(Buffer.from(html), name, 'text/html');
		return {
			json: { processing_time_ms },
			binary: { [item.field<string>('outputField')]: file },
		};
	},
});
