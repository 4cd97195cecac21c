import { endpoints } from '../transport/endpoints';
import { endpointOperation } from './endpointOperation';
import { languageField, textField } from './textFields';

export const tagText = endpointOperation(endpoints.tag, {
	resource: 'text',
	name: 'tag',
	displayName: 'Tag',
	action: 'Tag text',
	description: 'Mark up the words of a Korean, Japanese or Chinese text with their kinds',
	aliases: ['tag text', 'morphology', 'part of speech', 'korean', 'japanese', 'chinese'],
	idempotent: true,
	cacheSeconds: 0,
	// Time limit and waits are the guide's.
	timeoutSeconds: 120,
	retryWaits: [10, 30, 60],
	fields: [textField('={{ $json.cleaned_text ?? $json.text }}'), languageField],
	toRequest(item) {
		return { body: { text: item.text('text', 'Text'), language: item.field<string>('language') } };
	},
	fromResponse(answer) {
		return { json: answer };
	},
});
