import { toPortableText } from '../portableText';
import { rpcOperation, textTimeoutSeconds } from '../rpcOperation';

export const importMarkdown = rpcOperation('ConversionService', 'ImportMarkdown', {
	resource: 'document',
	name: 'importMarkdown',
	displayName: 'Import Markdown',
	action: 'Import document from Markdown',
	description:
		'Turn Markdown (CommonMark and GitHub tables, tasks and strike-through) into a Portable Text document',
	aliases: ['markdown', 'portable text', 'md', 'convert'],
	timeoutSeconds: textTimeoutSeconds,
	fields: [
		{
			displayName: 'Markdown',
			name: 'markdown',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '={{ $json.markdown }}',
			placeholder: 'e.g. # Title',
			description: 'The Markdown to import',
		},
	],
	options: [
		{
			displayName: 'Include Metadata',
			name: 'includeMetadata',
			type: 'boolean',
			default: true,
			description:
				"Whether the YAML front matter becomes the document's metadata. Without this option: on.",
		},
		{
			displayName: 'Strict Mode',
			name: 'strictMode',
			type: 'boolean',
			default: false,
			description: 'Whether Markdown that would lose something is refused',
		},
	],
	toMessage(item) {
		return {
			content: item.text('markdown', 'Markdown'),
			strict_mode: item.option('strictMode', false),
			include_metadata: item.option('includeMetadata', true),
		};
	},
	fromResponse({ document, processing_time_ms }) {
		return { json: { document: toPortableText(document), processing_time_ms } };
	},
});
