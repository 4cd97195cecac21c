import type { Format } from '../output';

/** The formats that a document is written in. */
export const html: Format = {
	name: 'HTML',
	field: 'html',
	extension: 'html',
	mimeType: 'text/html',
};

export const markdown: Format = {
	name: 'Markdown',
	field: 'markdown',
	extension: 'md',
	mimeType: 'text/markdown',
};

export const notion: Format = {
	name: 'Notion JSON',
	field: 'notion',
	extension: 'notion.json',
	mimeType: 'application/json',
};

export const roam: Format = {
	name: 'Roam JSON',
	field: 'roam',
	extension: 'roam.json',
	mimeType: 'application/json',
};
