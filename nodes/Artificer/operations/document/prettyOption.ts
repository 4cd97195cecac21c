import type { INodeProperties } from 'n8n-workflow';

export const prettyOption: INodeProperties = {
	displayName: 'Pretty Print',
	name: 'prettyPrint',
	type: 'boolean',
	default: true,
	description: 'Whether the JSON is indented for reading. Without this option: off.',
};
