import { toPortableText } from '../portableText';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';

export const importHtml = rpcOperation('ConversionService', 'ImportHTML', {
	resource: 'document',
	name: 'importHtml',
	displayName: 'Import HTML',
	action: 'Import document from HTML',
	description: 'Turn HTML into a Portable Text document',
	aliases: ['html', 'web page', 'portable text', 'convert'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [
		{
			displayName: 'HTML',
			name: 'html',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '={{ $json.html }}',
			placeholder: 'e.g. <h1>Title</h1>',
			description: 'The HTML to import',
		},
	],
	toMessage(item) {
		return { content: item.text('html', 'HTML') };
	},
	fromResponse({ document, processing_time_ms }) {
		return { json: { document: toPortableText(document), processing_time_ms } };
	},
});
