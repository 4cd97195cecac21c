import { invalid } from '../calls/failure.js';
import { DEFAULT_CLASS } from '../engines/document/toHtml.js';
import type { BatchExportRequest__Output } from '../generated/artificer/BatchExportRequest.js';
import type { ExportFormat__Output } from '../generated/artificer/ExportFormat.js';
import type { ExportMarkdownRequest__Output } from '../generated/artificer/ExportMarkdownRequest.js';
import { documentOf } from './documents.js';
import { BATCH_EXPORT } from './names.js';
import { WireReader } from './reader.js';
import { checkRequest, readRequest } from './wire.js';

/** A batch, its documents not yet read. */
export interface BatchPlan {
	format: ExportFormat__Output;
	options: Record<string, string>;
	/** Where each document lies in the request, its field number included. */
	documents: { from: number; to: number }[];
}

/** The fields of a format's own request that may come as options. */
const TEXT_OPTIONS = ['class_name', 'title'];
const SWITCHES = ['include_styles', 'include_metadata', 'pretty_print'];

function checkOptions(options: Readonly<Record<string, string>>): void {
	const known = [...SWITCHES, ...TEXT_OPTIONS];
	for (const [name, value] of Object.entries(options)) {
		if (!known.includes(name)) {
			throw invalid(
				`The option "${name.slice(0, 40)}" is unknown. The options are ${known.join(', ')}.`,
			);
		}
		if (SWITCHES.includes(name) && value !== 'true' && value !== 'false') {
			throw invalid(
				`The option ${name} is "${value.slice(0, 40)}", but has to be "true" or "false".`,
			);
		}
	}
}

/** The number of the field `documents` in a BatchExportRequest. */
const DOCUMENTS = 1;

/** Reads a BatchExportRequest but for its documents; throws INVALID_ARGUMENT for what it can't do. */
export async function planBatch({ bytes }: { bytes: Uint8Array }): Promise<BatchPlan> {
	checkRequest(BATCH_EXPORT, bytes);
	const documents: BatchPlan['documents'] = [];
	const others: Uint8Array[] = [];
	new WireReader(bytes).forEach(0, bytes.length, ({ number, from, end, isDelimited }) => {
		if (number === DOCUMENTS && isDelimited) documents.push({ from, to: end });
		else others.push(bytes.subarray(from, end));
	});
	const rest = Buffer.concat(others);
	const { format, options } = readRequest<BatchExportRequest__Output>(BATCH_EXPORT, rest);
	checkOptions(options);
	if (format === 'EXPORT_FORMAT_UNSPECIFIED' || typeof format !== 'string') {
		throw invalid(
			'format is not set, but has to be EXPORT_FORMAT_MARKDOWN, EXPORT_FORMAT_HTML, ' +
				'EXPORT_FORMAT_NOTION or EXPORT_FORMAT_ROAM.',
		);
	}
	return { format, options, documents };
}

export interface BatchDocumentJob {
	/** The whole request, shared with the other threads. */
	request: SharedArrayBuffer;
	from: number;
	to: number;
	format: ExportFormat__Output;
	options: Record<string, string>;
}

/** Exports one document of a batch. */
export async function exportOfBatch(job: BatchDocumentJob): Promise<string> {
	const { format, options } = job;
	// Own memory: text can't be decoded from shared memory.
	const bytes = Uint8Array.from(new Uint8Array(job.request, job.from, job.to - job.from));
	// A field `document` alone is a whole ExportMarkdownRequest: both have the number 1.
	const request = readRequest<ExportMarkdownRequest__Output>(
		'ConversionService/ExportMarkdown',
		bytes,
	);
	const document = documentOf(request.document);
	const isOn = (name: string, byDefault = false): boolean =>
		(options[name] ?? String(byDefault)) === 'true';
	const pretty = isOn('pretty_print');
	const includeMetadata = isOn('include_metadata');
	switch (format) {
		case 'EXPORT_FORMAT_MARKDOWN': {
			const { exportMarkdown } = await import('../engines/document/toMarkdown.js');
			return exportMarkdown({ document, includeMetadata });
		}
		case 'EXPORT_FORMAT_NOTION': {
			const { exportNotion } = await import('../engines/document/toNotion.js');
			return exportNotion({ document, pretty });
		}
		case 'EXPORT_FORMAT_ROAM': {
			const { exportRoam } = await import('../engines/document/toRoam.js');
			return exportRoam({ document, pretty });
		}
		default: {
			const { exportHtml } = await import('../engines/document/toHtml.js');
			const includeStyles = isOn('include_styles', true);
			const className = options['class_name'] || DEFAULT_CLASS;
			const title = options['title'] ?? '';
			return exportHtml({
				document,
				options: { includeStyles, includeMetadata, className, title },
			});
		}
	}
}
