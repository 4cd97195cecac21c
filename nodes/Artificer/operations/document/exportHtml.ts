import { documentOutputFields, documentResult } from '../output';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { documentField, documentOf } from './documentField';
import { html as format } from './formats';
import { htmlOptions, htmlOptionsOf } from './htmlOptions';

export const exportHtml = rpcOperation('ConversionService', 'ExportHTML', {
	resource: 'document',
	name: 'exportHtml',
	displayName: 'Export HTML',
	action: 'Export document as HTML',
	description: 'Turn a Portable Text document into an HTML page',
	aliases: ['html', 'web page', 'convert'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [documentField, ...documentOutputFields(format)],
	options: htmlOptions,
	toMessage(item) {
		return { document: documentOf(item), ...htmlOptionsOf(item) };
	},
	async fromResponse({ html, processing_time_ms }, item) {
		return await documentResult(item, format, html, { processing_time_ms });
	},
});
