import type { Operation, Resource } from '../../shared/operation';
import type { Rpc } from '../transport/services';
import { exportHtml } from './document/exportHtml';
import { importMarkdown } from './document/importMarkdown';
import { extractText } from './pdf/extractText';
import { checkHealth } from './service/checkHealth';
import { getMetrics } from './service/getMetrics';
import { countTokens } from './text/countTokens';

/** The groups of operations; the first is what a newly added node shows. */
export const resources: Resource[] = [
	{ name: 'PDF', value: 'pdf', description: 'Read PDF files' },
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
	importMarkdown,
	exportHtml,
	countTokens,
	checkHealth,
	getMetrics,
];
