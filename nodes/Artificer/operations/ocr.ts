import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/item';

/** Below this a user should look at what was read: the guide's `min_confidence`. */
export const lowConfidence = 0.7;

export const ocrLanguagesOption: INodeProperties = {
	displayName: 'OCR Languages',
	name: 'ocrLanguages',
	type: 'string',
	default: '',
	placeholder: 'e.g. eng+kor',
	description:
		"The languages to look for, by their codes, joined by a plus sign. Without this option: those of the server's setting.",
};

export const pdfPasswordOption: INodeProperties = {
	displayName: 'PDF Password',
	name: 'pdfPassword',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password that opens an encrypted PDF',
};

/** The options that go beside a request, as its metadata. */
export function documentMetadata(item: Item): Record<string, string> {
	const languages = item.option<string>('ocrLanguages', '').trim();
	const password = item.option<string>('pdfPassword', '');
	return {
		...(languages && { 'artificer-ocr-languages': languages }),
		...(password && { 'artificer-pdf-password': password }),
	};
}
