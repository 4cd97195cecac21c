import { documentOutputFields, documentResult } from '../output';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { documentField, documentOf } from './documentField';
import { notion as format } from './formats';
import { prettyOption } from './prettyOption';

export const exportNotion = rpcOperation('ConversionService', 'ExportNotion', {
	resource: 'document',
	name: 'exportNotion',
	displayName: 'Export Notion',
	action: 'Export document for Notion',
	description: "Turn a Portable Text document into JSON for Notion's API",
	aliases: ['notion', 'json', 'convert'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [documentField, ...documentOutputFields(format)],
	options: [prettyOption],
	toMessage(item) {
		return { document: documentOf(item), pretty_print: item.option('prettyPrint', false) };
	},
	async fromResponse({ json, processing_time_ms }, item) {
		return await documentResult(item, format, json, { processing_time_ms });
	},
});
