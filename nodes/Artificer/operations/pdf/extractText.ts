import { pdfField } from './pdfField';
import { artificerRetryWaits, documentTimeoutSeconds, rpcOperation } from '../rpcOperation';

export const extractText = rpcOperation('PDFService', 'ExtractText', {
	resource: 'pdf',
	name: 'extractText',
	displayName: 'Extract Text',
	action: 'Extract text from PDF',
	description:
		'Read the text that a PDF contains, in reading order, with its number of pages, title and author. Scanned pages have no text: use Process PDF for them.',
	aliases: ['pdf to text', 'read pdf', 'parse pdf'],
	idempotent: true,
	timeoutSeconds: documentTimeoutSeconds,
	retryWaits: artificerRetryWaits,
	fields: [pdfField],
	async toRequest(item) {
		return { pdf_data: (await item.file('pdfField')).bytes };
	},
	fromResponse({ text, metadata }) {
		return { json: { text, metadata: { ...metadata } } };
	},
});
