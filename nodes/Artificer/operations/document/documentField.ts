import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/item';
import type { PortableTextDocument } from '../../transport/generated/artificer/PortableTextDocument';
import { fromPortableText } from '../portableText';

/** Where an operation finds its document. */
export const documentField: INodeProperties = {
	displayName: 'Document',
	name: 'document',
	type: 'json',
	required: true,
	default: '={{ $json.document }}',
	description:
		'A Portable Text document: a list of blocks, or an object with the lists of blocks in content and the metadata beside it',
};

/** The item's document, for the wire. */
export function documentOf(item: Item): PortableTextDocument {
	try {
		return fromPortableText(
			item.parsed('document', 'Document', '[{"_type": "block", "children": […]}]'),
		);
	} catch (thrown) {
		throw item.refused(
			thrown instanceof Error ? thrown.message : String(thrown),
			'Import Markdown or Import HTML give such a document; {{ $json.document }} hands it on.',
		);
	}
}
