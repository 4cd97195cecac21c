import { endpoints } from '../transport/endpoints';
import { endpointOperation } from './endpointOperation';
import { textField } from './textFields';

/** Longest text that also goes into the address, in bytes when encoded: many servers refuse addresses over 8 KB. */
const longestQueryBytes = 6_000;

export const cleanUpText = endpointOperation(endpoints.cleanup, {
	resource: 'text',
	name: 'cleanUp',
	displayName: 'Clean Up',
	action: 'Clean up text',
	description:
		'Normalise the characters, width forms, punctuation and white space of a text, and list what was changed',
	aliases: ['clean text', 'normalize', 'unicode', 'whitespace'],
	idempotent: true,
	cacheSeconds: 0,
	timeoutSeconds: 60,
	retryWaits: [5, 15],
	fields: [textField('={{ $json.text }}')],
	toRequest(item) {
		const text = item.text('text', 'Text');
		// The reference service reads the query alone, ours reads either: a short text goes both ways.
		const short = encodeURIComponent(text).length <= longestQueryBytes;
		return { ...(short && { query: { text } }), body: { text } };
	},
	fromResponse(answer) {
		return { json: answer };
	},
});
