import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { documentTimeoutSeconds, streamOperation } from '../rpcOperation';
import { documentMetadata, pdfPasswordOption } from '../ocr';
import { numberOf, numberProperty, type NumberField } from '../numberField';
import { baseName, fileOutputField, withoutFolders } from '../output';
import { pdfField } from './pdfField';

const resolution: NumberField = {
	displayName: 'Resolution (DPI)',
	name: 'dpi',
	default: 200,
	min: 10,
	max: 1200,
	description: 'Dots per inch: 150 for looking at, 200 to 300 for OCR',
};

const maxWidth: NumberField = {
	displayName: 'Max Width',
	name: 'maxWidth',
	default: 2000,
	min: 1,
	max: 20_000,
	description: 'No image is wider than this, in pixels; the proportions are kept',
};

const maxHeight: NumberField = {
	...maxWidth,
	displayName: 'Max Height',
	name: 'maxHeight',
	description: 'No image is higher than this, in pixels; the proportions are kept',
};

/** A page as it was put into n8n's store. */
interface Page {
	file: IBinaryData;
	facts: IDataObject;
}

export const extractPageImages = streamOperation('PDFService', 'ExtractPagesToImages', {
	resource: 'pdf',
	name: 'extractPageImages',
	displayName: 'Extract Page Images',
	action: 'Extract page images from PDF',
	description: 'Make a picture of every page of a PDF',
	aliases: ['pdf to image', 'render', 'png', 'jpeg', 'thumbnail', 'screenshot'],
	timeoutSeconds: documentTimeoutSeconds,
	fields: [
		pdfField,
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'JPEG', value: 'jpeg', description: 'Small, for photos and scans' },
				{ name: 'PNG', value: 'png', description: 'Exact, for text and drawings' },
				{ name: 'WebP', value: 'webp', description: 'Smallest, for the web' },
			],
			default: 'png',
			description: 'The kind of image',
		},
		numberProperty(resolution),
		numberProperty(maxWidth),
		numberProperty(maxHeight),
		{
			displayName: 'Output',
			name: 'pagesAs',
			type: 'options',
			options: [
				{
					name: 'All Pages in One Item',
					value: 'one',
					description: 'One item with a file for each page',
				},
				{ name: 'Each Page as an Item', value: 'items', description: 'One item a page' },
			],
			default: 'items',
			description: 'How the pages leave the node',
		},
		fileOutputField,
	],
	options: [pdfPasswordOption],
	async toMessage(item) {
		return {
			pdf_data: (await item.file('pdfField')).bytes,
			dpi: numberOf(item, resolution),
			format: item.field<string>('format'),
			max_width: numberOf(item, maxWidth),
			max_height: numberOf(item, maxHeight),
		};
	},
	toMetadata: documentMetadata,
	async fromMessage({ image_data, ...facts }, item): Promise<Page | undefined> {
		// The reference server sends an empty message before it tells of a failure: that is no page.
		if (facts.page_number === 0 || image_data.length === 0) return undefined;
		const number = String(facts.page_number).padStart(3, '0');
		const name = `${baseName(item.fileName, 'document')}-page-${number}.${facts.format}`;
		const file = await item.store(image_data, withoutFolders(name), facts.content_type);
		return { file, facts };
	},
	fromParts(pages, item) {
		const field = item.field<string>('outputField');
		if (item.field('pagesAs') === 'items') {
			return pages.map(({ file, facts }) => ({ json: facts, binary: { [field]: file } }));
		}
		return [
			{
				json: { pages: pages.map(({ facts }) => facts), total_pages: pages.length },
				binary: Object.fromEntries(
					pages.map(({ file, facts }) => [`${field}_${Number(facts.page_number)}`, file]),
				),
			},
		];
	},
});
