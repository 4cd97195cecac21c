import { documentTimeoutSeconds, rpcOperation } from '../rpcOperation';
import { documentMetadata, lowConfidence, ocrLanguagesOption } from '../ocr';
import { textOutputField } from '../output';
import { imageField } from './imageField';

export const extractTextFromImage = rpcOperation('ImageService', 'ExtractTextFromImage', {
	resource: 'image',
	name: 'extractText',
	displayName: 'Extract Text',
	action: 'Extract text from image',
	description: 'Read the text in a picture (OCR), with how sure the reader is of it',
	aliases: ['ocr', 'image to text', 'recognize', 'scan', 'screenshot'],
	timeoutSeconds: documentTimeoutSeconds,
	fields: [imageField, textOutputField],
	options: [ocrLanguagesOption],
	async toMessage(item) {
		const { bytes, mimeType } = await item.file('imageField');
		return { image_data: bytes, content_type: mimeType || 'image/png' };
	},
	toMetadata: documentMetadata,
	hint({ confidence }) {
		return confidence < lowConfidence
			? `Some text was read with a confidence below ${lowConfidence}: look it over.`
			: undefined;
	},
	fromResponse({ text, confidence, metadata }, item) {
		return {
			json: { [item.field<string>('textField')]: text, confidence, metadata: { ...metadata } },
		};
	},
});
