import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../../shared/item';
import { numberOf, numberProperty, type NumberField } from '../numberField';

const size: NumberField = {
	displayName: 'Chunk Size',
	name: 'chunkSize',
	default: 1000,
	min: 1,
	max: 1_000_000,
	description: 'No chunk is longer than this, in characters',
};

const overlap: NumberField = {
	displayName: 'Chunk Overlap',
	name: 'chunkOverlap',
	default: 200,
	min: 0,
	max: 999_999,
	description:
		'How much of a chunk is repeated at the beginning of the next, in characters at most',
};

/** How a text is cut, for both operations that cut. */
export const chunkingFields: INodeProperties[] = [numberProperty(size), numberProperty(overlap)];

/** The contract's: paragraphs, lines, sentences, words. */
const defaultSeparators = ['\n\n', '\n', '. ', ' '];

export const separatorsOption: INodeProperties = {
	displayName: 'Separators',
	name: 'separators',
	type: 'json',
	default: JSON.stringify(defaultSeparators),
	description:
		'Where a text may be cut, best first, as a JSON list. Without this option: paragraphs, lines, sentences, words.',
};

/** How a text is cut, for the wire. */
export function chunkingOf(item: Item) {
	const chunk_size = numberOf(item, size);
	const chunk_overlap = numberOf(item, overlap);
	if (chunk_overlap >= chunk_size) {
		throw item.refused(
			`Chunk Overlap is ${chunk_overlap}, but it must be less than Chunk Size, which is ${chunk_size}`,
		);
	}
	return { chunk_size, chunk_overlap, separators: separatorsOf(item) };
}

function separatorsOf(item: Item): string[] {
	const example = JSON.stringify(defaultSeparators);
	const given = item.parsed('options.separators', 'Separators', example) ?? defaultSeparators;
	if (Array.isArray(given) && given.every((one) => typeof one === 'string')) return given;
	throw item.refused('Separators is no list of texts', `For example: ${example}`);
}

/** The fields that say what a text is, for both operations that cut. */
export const chunkSourceFields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'content',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '={{ $json.text }}',
		description: 'The text to cut',
	},
	{
		displayName: 'Document ID',
		name: 'documentId',
		type: 'string',
		default: '={{ $json.document_id ?? "document-" + $itemIndex }}',
		description: 'Names the document in each chunk: chunk 0 is called {document ID}_chunk_0',
	},
];

export const chunkSourceOptions: INodeProperties[] = [
	{
		displayName: 'File Name',
		name: 'filename',
		type: 'string',
		default: '',
		description: "The document's file name, kept with each chunk",
	},
	{
		displayName: 'Project ID',
		name: 'projectId',
		type: 'string',
		default: '',
		description: 'A name for the project that the document belongs to, kept with each chunk',
	},
];

/** What a text is, for the wire. */
export function chunkSourceOf(item: Item) {
	return {
		content: item.text('content', 'Text'),
		document_id: String(item.field('documentId') ?? '') || `document-${item.index}`,
		project_id: item.option('projectId', ''),
		filename: item.option('filename', ''),
	};
}

/** How chunks leave the node. */
export const chunksAsField: INodeProperties = {
	displayName: 'Output',
	name: 'chunksAs',
	type: 'options',
	options: [
		{ name: 'All Chunks in One Item', value: 'one', description: 'One item with a list of chunks' },
		{ name: 'Each Chunk as an Item', value: 'items', description: 'One item a chunk' },
	],
	default: 'items',
	description: 'How the chunks leave the node',
};
