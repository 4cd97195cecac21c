import { documentOutputFields, documentResult } from '../output';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { documentField, documentOf } from './documentField';
import { markdown as format } from './formats';

export const exportMarkdown = rpcOperation('ConversionService', 'ExportMarkdown', {
	resource: 'document',
	name: 'exportMarkdown',
	displayName: 'Export Markdown',
	action: 'Export document as Markdown',
	description: 'Turn a Portable Text document into Markdown',
	aliases: ['markdown', 'md', 'convert'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [documentField, ...documentOutputFields(format)],
	options: [
		{
			displayName: 'Include Metadata',
			name: 'includeMetadata',
			type: 'boolean',
			default: true,
			description:
				"Whether the document's metadata become YAML front matter. Without this option: off.",
		},
	],
	toMessage(item) {
		return {
			document: documentOf(item),
			include_metadata: item.option('includeMetadata', false),
		};
	},
	async fromResponse({ markdown, processing_time_ms }, item) {
		return await documentResult(item, format, markdown, { processing_time_ms });
	},
});
