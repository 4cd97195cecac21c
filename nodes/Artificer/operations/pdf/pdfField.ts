import type { INodeProperties } from 'n8n-workflow';

/** Where an operation finds its PDF. */
export const pdfField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'pdfField',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the field that holds the PDF file',
	description:
		"Name of the item's field that holds the PDF, or an expression that yields a file of an earlier node",
};
