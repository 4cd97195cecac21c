import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What an input item brings: fields, and a file in the field `data`. */
export interface Given {
	json?: IDataObject;
	file?: { name: string; mimeType: string; content: Buffer };
}

/** One operation with an item that works and one that can't. */
export interface OperationCase {
	resource: string;
	operation: string;
	parameters?: IDataObject;
	good: Given;
	/** Gives a failure of its own; undefined where nothing that an item brings can be wrong. */
	bad?: Given;
	/** A field that a result has. */
	expected: string;
}

const samples = path.resolve(__dirname, '../../../sandbox/samples');

export const pdf = {
	name: 'guide.pdf',
	mimeType: 'application/pdf',
	content: readFileSync(path.join(samples, 'guide.pdf')),
};

/** Begins as a PDF, and is none. */
export const brokenPdf = {
	name: 'broken.pdf',
	mimeType: 'application/pdf',
	content: Buffer.from('%PDF-1.7\nnot really'),
};

/** One white pixel. */
export const png = {
	name: 'pixel.png',
	mimeType: 'image/png',
	content: Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
		'base64',
	),
};

const brokenPng = { ...png, name: 'broken.png', content: Buffer.from('no picture') };

const document = { content: [{ _type: 'block', style: 'h1', children: [{ text: 'Title' }] }] };
const goodDocument = { json: { document } };
const badDocument = { json: { document: 'no document' } };
const messages = [
	{ role: 'user', content: 'Hello' },
	{ role: 'assistant', content: 'Hello to you' },
];

const fromPdf = { good: { file: pdf }, bad: { file: brokenPdf } };
const fromPng = { good: { file: png }, bad: { file: brokenPng } };
const fromDocument = { good: goodDocument, bad: badDocument };
const fromMessages = {
	good: { json: { messages } },
	bad: { json: { messages: 'nobody said anything' } },
};

/** All 21 operations. */
export const operationCases: OperationCase[] = [
	{ resource: 'pdf', operation: 'extractText', ...fromPdf, expected: 'text' },
	{ resource: 'pdf', operation: 'processPdf', ...fromPdf, expected: 'text' },
	{ resource: 'pdf', operation: 'checkOcrNeed', ...fromPdf, expected: 'needs_ocr' },
	{
		resource: 'pdf',
		operation: 'extractPageImages',
		parameters: { dpi: 40 },
		...fromPdf,
		expected: 'page_number',
	},
	{ resource: 'image', operation: 'extractText', ...fromPng, expected: 'confidence' },
	{ resource: 'image', operation: 'convert', ...fromPng, expected: 'size_bytes' },
	{
		resource: 'document',
		operation: 'importMarkdown',
		good: { json: { markdown: '# Hello' } },
		bad: { json: { markdown: '' } },
		expected: 'document',
	},
	{
		resource: 'document',
		operation: 'importHtml',
		good: { json: { html: '<h1>Hello</h1>' } },
		bad: { json: { html: '' } },
		expected: 'document',
	},
	{ resource: 'document', operation: 'exportHtml', ...fromDocument, expected: 'html' },
	{ resource: 'document', operation: 'exportMarkdown', ...fromDocument, expected: 'markdown' },
	{ resource: 'document', operation: 'exportNotion', ...fromDocument, expected: 'notion' },
	{ resource: 'document', operation: 'exportRoam', ...fromDocument, expected: 'roam' },
	{ resource: 'document', operation: 'batchExport', ...fromDocument, expected: 'output' },
	{
		resource: 'text',
		operation: 'chunkDocument',
		good: { json: { text: 'One. Two. Three.' } },
		bad: { json: { text: '' } },
		expected: 'content',
	},
	{
		resource: 'text',
		operation: 'chunkDocuments',
		good: { json: { text: 'One. Two. Three.' } },
		bad: { json: { text: '' } },
		expected: 'content',
	},
	{
		resource: 'text',
		operation: 'countTokens',
		good: { json: { text: 'Hello' } },
		bad: { json: { text: '' } },
		expected: 'token_count',
	},
	{
		resource: 'text',
		operation: 'countConversationTokens',
		...fromMessages,
		expected: 'total_tokens',
	},
	{ resource: 'text', operation: 'estimateMessageFit', ...fromMessages, expected: 'count' },
	{
		resource: 'text',
		operation: 'calculateContextWindow',
		parameters: { outputTokens: '={{ $json.output }}' },
		good: { json: { output: 4096 } },
		bad: { json: { output: 'many' } },
		expected: 'available_for_history',
	},
	{ resource: 'service', operation: 'checkHealth', good: {}, expected: 'processors' },
	{ resource: 'service', operation: 'getMetrics', good: {}, expected: 'total_requests' },
];
