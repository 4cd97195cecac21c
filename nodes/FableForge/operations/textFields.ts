import type { INodeProperties } from 'n8n-workflow';

/** The text that an operation works on. */
export function textField(expression: string): INodeProperties {
	return {
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: expression,
		placeholder: 'e.g. 안녕하세요',
		description: 'The text to work on',
	};
}

/** The text's language, by the codes that FableForge uses. */
export const languageField: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [
		{ name: 'Chinese', value: 'chi' },
		{ name: 'Japanese', value: 'jpn' },
		{ name: 'Korean', value: 'kor' },
	],
	default: 'kor',
	description: 'The language that the text is written in',
};
