import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/item';
import type { Result } from '../../shared/operation';

/** Where a text goes in the result. */
export const textOutputField: INodeProperties = {
	displayName: 'Put Output in Field',
	name: 'textField',
	type: 'string',
	required: true,
	default: 'text',
	hint: 'The name of the output field to put the text in',
	description: "Name of the result's field that holds the text",
};

/** Where a file goes in the result. */
export const fileOutputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the output field to put the file in',
	description: "Name of the result's field that holds the file",
};

/** A format that a document is written in. */
export interface Format {
	/** As the user calls it. */
	name: string;
	/** Default of the field that holds the text. */
	field: string;
	extension: string;
	mimeType: string;
}

/** The fields by which a user says whether a document leaves as text or as a file. */
export function documentOutputFields({ name, field, extension }: Format): INodeProperties[] {
	const fileName = `document.${extension}`;
	return [
		{
			displayName: 'Output As',
			name: 'outputAs',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: `A file that holds the ${name}` },
				{ name: 'Text', value: 'text', description: `The ${name} as text in a field` },
			],
			default: 'text',
			description: `How the ${name} leaves the node`,
		},
		{
			...textOutputField,
			default: field,
			displayOptions: { show: { outputAs: ['text'] } },
		},
		{ ...fileOutputField, displayOptions: { show: { outputAs: ['file'] } } },
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: fileName,
			placeholder: `e.g. report.${extension}`,
			displayOptions: { show: { outputAs: ['file'] } },
			description: 'The name of the file',
		},
	];
}

/** A document as the user wants it: as text in a field, or as a file. */
export async function documentResult(
	item: Item,
	{ extension, mimeType }: Format,
	content: string,
	rest: Result['json'],
): Promise<Result> {
	if (item.field('outputAs') === 'text') {
		return { json: { [item.field<string>('textField')]: content, ...rest } };
	}
	const name = withoutFolders(item.fieldOr('fileName', '')) || `document.${extension}`;
	const file = await item.store(Buffer.from(content), name, mimeType);
	return {
		json: { file_name: name, ...rest },
		binary: { [item.field<string>('outputField')]: file },
	};
}

/** A file's name alone: what is written to a disk by it must not leave its folder. */
export function withoutFolders(name: string): string {
	const parts = name.split(/[\\/]/);
	return (parts.at(-1) ?? '').replace(/\p{Cc}/gu, '').replace(/^\.+/, '');
}

/** A file's name without its ending. */
export function baseName(name: string | undefined, fallback: string): string {
	return withoutFolders(name ?? '').replace(/\.[^.]*$/, '') || fallback;
}
