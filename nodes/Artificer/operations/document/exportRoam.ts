import { documentOutputFields, documentResult } from '../output';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';
import { documentField, documentOf } from './documentField';
import { roam as format } from './formats';
import { prettyOption } from './prettyOption';

export const exportRoam = rpcOperation('ConversionService', 'ExportRoam', {
	resource: 'document',
	name: 'exportRoam',
	displayName: 'Export Roam',
	action: 'Export document for Roam',
	description: 'Turn a Portable Text document into JSON for an import into Roam Research',
	aliases: ['roam', 'json', 'convert'],
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
