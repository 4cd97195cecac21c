import type { Operation, Resource } from '../../shared/operation';
import type { Rpc } from '../transport/services';
import { batchExport } from './document/batchExport';
import { exportHtml } from './document/exportHtml';
import { exportMarkdown } from './document/exportMarkdown';
import { exportNotion } from './document/exportNotion';
import { exportRoam } from './document/exportRoam';
import { importHtml } from './document/importHtml';
import { importMarkdown } from './document/importMarkdown';
import { convertImage } from './image/convertImage';
import { extractTextFromImage } from './image/extractTextFromImage';
import { checkOcrNeed } from './pdf/checkOcrNeed';
import { extractPageImages } from './pdf/extractPageImages';
import { extractText } from './pdf/extractText';
import { processPdf } from './pdf/processPdf';
import { checkHealth } from './service/checkHealth';
import { getMetrics } from './service/getMetrics';
import { calculateContextWindow } from './text/calculateContextWindow';
import { chunkDocument } from './text/chunkDocument';
import { chunkDocuments } from './text/chunkDocuments';
import { countConversationTokens } from './text/countConversationTokens';
import { countTokens } from './text/countTokens';
import { estimateMessageFit } from './text/estimateMessageFit';

/** The groups of operations; the first is what a newly added node shows. */
export const resources: Resource[] = [
	{ name: 'PDF', value: 'pdf', description: 'Read PDF files' },
	{ name: 'Image', value: 'image', description: 'Read and convert pictures' },
	{
		name: 'Document',
		value: 'document',
		description: 'Convert between Markdown, HTML and Portable Text',
	},
	{ name: 'Text', value: 'text', description: 'Count and cut text' },
	{ name: 'Service', value: 'service', description: 'Look after the server itself' },
];

/** Every operation of the Artificer node; within a resource the first is preselected. */
export const operations: Array<Operation<Rpc>> = [
	extractText,
	processPdf,
	checkOcrNeed,
	extractPageImages,
	extractTextFromImage,
	convertImage,
	importMarkdown,
	importHtml,
	exportHtml,
	exportMarkdown,
	exportNotion,
	exportRoam,
	batchExport,
	chunkDocument,
	chunkDocuments,
	countTokens,
	countConversationTokens,
	estimateMessageFit,
	calculateContextWindow,
	checkHealth,
	getMetrics,
];
