import type { INodeProperties } from 'n8n-workflow';

/** Where an operation finds its image. */
export const imageField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'imageField',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the field that holds the image',
	description:
		"Name of the item's field that holds the image, or an expression that yields a file of an earlier node",
};
