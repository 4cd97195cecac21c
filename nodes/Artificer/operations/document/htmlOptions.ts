import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/item';

/** How a page is written, with the contract's defaults. */
export const htmlOptions: INodeProperties[] = [
	{
		displayName: 'Class Name',
		name: 'className',
		type: 'string',
		default: 'document-content',
		description:
			'CSS class of the element around the content. Without this option: document-content.',
	},
	{
		displayName: 'Include Metadata',
		name: 'includeMetadata',
		type: 'boolean',
		default: true,
		description:
			"Whether the document's metadata are written into the page. Without this option: off.",
	},
	{
		displayName: 'Include Styles',
		name: 'includeStyles',
		type: 'boolean',
		default: true,
		description: 'Whether the page brings its own styles. Without this option: on.',
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		description: "The page's title. Without this option: the title in the document's metadata.",
	},
];

/** How a page is written, for the wire. */
export function htmlOptionsOf(item: Item) {
	return {
		include_styles: item.option('includeStyles', true),
		include_metadata: item.option('includeMetadata', false),
		class_name: item.option('className', '') || 'document-content',
		title: item.option('title', ''),
	};
}
