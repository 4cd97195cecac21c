import { invalid } from '../calls/failure.js';
import type { Document } from '../engines/document/portableText.js';

const TYPES = ['block', 'code', 'image', 'table'];

/** Checks a document as it came; throws INVALID_ARGUMENT that names the block. */
export function documentOf(document: Document | null): Document {
	if (document === null) {
		throw invalid('document is missing. Send a Portable Text document, which may be empty.');
	}
	document.content.forEach(({ type }, index) => {
		if (!TYPES.includes(type)) {
			throw invalid(
				`Block ${index} of the document has the type "${type.slice(0, 40)}", but a block's type has ` +
					`to be one of ${TYPES.join(', ')}. JSON Portable Text's "_type" is "type" on the wire.`,
			);
		}
	});
	return document;
}
