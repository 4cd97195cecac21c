import { documentTimeoutSeconds, rpcOperation } from '../rpcOperation';
import { documentMetadata, ocrLanguagesOption, pdfPasswordOption } from '../ocr';
import { textOutputField } from '../output';
import { pdfField } from './pdfField';
import { textThreshold, textThresholdField } from './textThreshold';

export const processPdf = rpcOperation('PDFService', 'ProcessPDF', {
	resource: 'pdf',
	name: 'processPdf',
	displayName: 'Process PDF',
	action: 'Process PDF with OCR where needed',
	description:
		'Read the text of a PDF, and by OCR (reading the picture) the pages that hold too little text of their own',
	aliases: ['ocr pdf', 'scan', 'scanned pdf', 'recognize'],
	timeoutSeconds: documentTimeoutSeconds,
	fields: [
		pdfField,
		{
			displayName: 'Force OCR',
			name: 'forceOcr',
			type: 'boolean',
			default: false,
			description: 'Whether every page is read by OCR, even where it holds text',
		},
		{ ...textThresholdField, displayOptions: { show: { forceOcr: [false] } } },
		textOutputField,
	],
	options: [ocrLanguagesOption, pdfPasswordOption],
	async toMessage(item) {
		const forceOcr = item.field<boolean>('forceOcr');
		return {
			pdf_data: (await item.file('pdfField')).bytes,
			force_ocr: forceOcr,
			min_text_threshold: forceOcr ? textThresholdField.default : textThreshold(item),
		};
	},
	toMetadata: documentMetadata,
	hint({ metadata }) {
		return metadata?.method === 'ocr'
			? 'Pages were read by OCR: look over what was read, names and numbers above all.'
			: undefined;
	},
	fromResponse({ text, metadata }, item) {
		return { json: { [item.field<string>('textField')]: text, metadata: { ...metadata } } };
	},
});
