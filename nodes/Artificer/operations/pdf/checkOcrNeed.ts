import { documentTimeoutSeconds, rpcOperation } from '../rpcOperation';
import { documentMetadata, pdfPasswordOption } from '../ocr';
import { pdfField } from './pdfField';
import { textThreshold, textThresholdField } from './textThreshold';

export const checkOcrNeed = rpcOperation('PDFService', 'CheckNeedsOCR', {
	resource: 'pdf',
	name: 'checkOcrNeed',
	displayName: 'Check OCR Need',
	action: 'Check whether PDF needs OCR',
	description:
		'Tell whether a PDF must be read by OCR, how much text it holds, and what OCR by a model would cost',
	aliases: ['needs ocr', 'scanned', 'has text', 'ocr cost'],
	timeoutSeconds: documentTimeoutSeconds,
	fields: [pdfField, textThresholdField],
	options: [pdfPasswordOption],
	async toMessage(item) {
		return {
			pdf_data: (await item.file('pdfField')).bytes,
			min_text_threshold: textThreshold(item),
		};
	},
	toMetadata: documentMetadata,
	fromResponse(response) {
		return { json: { ...response } };
	},
});
