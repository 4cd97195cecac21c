import { documentTimeoutSeconds, rpcOperation } from '../rpcOperation';
import { documentMetadata, pdfPasswordOption } from '../ocr';
import { textOutputField } from '../output';
import { pdfField } from './pdfField';

export const extractText = rpcOperation('PDFService', 'ExtractText', {
	resource: 'pdf',
	name: 'extractText',
	displayName: 'Extract Text',
	action: 'Extract text from PDF',
	description:
		'Read the text that a PDF contains, in reading order. Scanned pages have none: use Process PDF.',
	aliases: ['pdf to text', 'read pdf', 'parse pdf'],
	// The guide's hour: the same PDF comes again when a batch is repeated.
	cacheSeconds: 3600,
	timeoutSeconds: documentTimeoutSeconds,
	fields: [pdfField, textOutputField],
	options: [pdfPasswordOption],
	async toMessage(item) {
		return { pdf_data: (await item.file('pdfField')).bytes };
	},
	toMetadata: documentMetadata,
	fromResponse({ text, metadata }, item) {
		return { json: { [item.field<string>('textField')]: text, metadata: { ...metadata } } };
	},
});
