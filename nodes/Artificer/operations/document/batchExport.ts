import type { Item } from '../../../shared/item';
import { CallFailure } from '../../../shared/failures';
import type { ResponseOf } from '../../transport/services';
import { documentResult, fileOutputField, type Format } from '../output';
import { batchOperation, documentTimeoutSeconds } from '../rpcOperation';
import { documentField, documentOf } from './documentField';
import { html, markdown, notion, roam } from './formats';

type Message = ResponseOf<'ConversionService', 'BatchExport'>;

const formats = {
	EXPORT_FORMAT_HTML: html,
	EXPORT_FORMAT_MARKDOWN: markdown,
	EXPORT_FORMAT_NOTION: notion,
	EXPORT_FORMAT_ROAM: roam,
} satisfies Record<string, Format>;

type FormatName = keyof typeof formats;

export const batchExport = batchOperation('ConversionService', 'BatchExport', {
	resource: 'document',
	name: 'batchExport',
	displayName: 'Batch Export',
	action: 'Export documents in batch',
	description:
		'Turn the documents of all input items into one format in a single call, a result each',
	aliases: ['export many', 'bulk', 'html', 'markdown', 'notion', 'roam'],
	timeoutSeconds: documentTimeoutSeconds,
	fields: [
		documentField,
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'HTML', value: 'EXPORT_FORMAT_HTML' },
				{ name: 'Markdown', value: 'EXPORT_FORMAT_MARKDOWN' },
				{ name: 'Notion JSON', value: 'EXPORT_FORMAT_NOTION' },
				{ name: 'Roam JSON', value: 'EXPORT_FORMAT_ROAM' },
			],
			default: 'EXPORT_FORMAT_HTML',
			description: 'What all documents become; the first item decides',
		},
		{
			displayName: 'Output As',
			name: 'outputAs',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'A file for each document' },
				{ name: 'Text', value: 'text', description: 'Text in a field of each item' },
			],
			default: 'text',
			description: 'How the documents leave the node',
		},
		{
			displayName: 'Put Output in Field',
			name: 'textField',
			type: 'string',
			required: true,
			default: 'output',
			hint: 'The name of the output field to put the text in',
			displayOptions: { show: { outputAs: ['text'] } },
			description: "Name of the result's field that holds the text",
		},
		{ ...fileOutputField, displayOptions: { show: { outputAs: ['file'] } } },
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.title }}.html',
			displayOptions: { show: { outputAs: ['file'] } },
			description: 'The name of the file. Left empty: document, with the ending of the format.',
		},
	],
	toPart: documentOf,
	toMessage(documents, first) {
		return { documents, format: formatNameOf(first) };
	},
	async resultOf(messages: Message[], place, _document, item) {
		// The last message is a summary, and its index is no place.
		const own = messages.find(({ index, summary }) => !summary && index === place);
		if (!own?.success) {
			throw new CallFailure('rejected', own?.error || 'Artificer gave no result for this document');
		}
		const format = formats[formatNameOf(item)];
		const { processing_time_ms } = own;
		return await documentResult(item, format, own.output, { processing_time_ms });
	},
});

function formatNameOf(item: Item): FormatName {
	return item.field<FormatName>('format');
}
