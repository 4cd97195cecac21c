import { invalid } from '../calls/failure.js';
import type { Document } from '../engines/document/portableText.js';
import { DEFAULT_CLASS } from '../engines/document/toHtml.js';
import type { ExportFormat__Output } from '../generated/artificer/ExportFormat.js';
import type { Pool } from '../workers/pool.js';

/** Writes one document. */
export type Exporter = (document: Document, signal: AbortSignal) => Promise<string>;

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

/** The exporter for a batch; throws INVALID_ARGUMENT for what it doesn't know. */
export function exporterFor(
	pool: Pool,
	format: ExportFormat__Output,
	options: Readonly<Record<string, string>>,
): Exporter {
	checkOptions(options);
	const isOn = (name: string, byDefault = false): boolean =>
		(options[name] ?? String(byDefault)) === 'true';
	const pretty = isOn('pretty_print');
	const includeMetadata = isOn('include_metadata');
	switch (format) {
		case 'EXPORT_FORMAT_MARKDOWN':
			return (document, signal) =>
				pool.run('document/toMarkdown', { document, includeMetadata }, signal);
		case 'EXPORT_FORMAT_HTML': {
			const html = {
				includeStyles: isOn('include_styles', true),
				includeMetadata,
				className: options['class_name'] || DEFAULT_CLASS,
				title: options['title'] ?? '',
			};
			return (document, signal) => pool.run('document/toHtml', { document, options: html }, signal);
		}
		case 'EXPORT_FORMAT_NOTION':
			return (document, signal) => pool.run('document/toNotion', { document, pretty }, signal);
		case 'EXPORT_FORMAT_ROAM':
			return (document, signal) => pool.run('document/toRoam', { document, pretty }, signal);
		default:
			throw invalid(
				'format is not set, but has to be EXPORT_FORMAT_MARKDOWN, EXPORT_FORMAT_HTML, ' +
					'EXPORT_FORMAT_NOTION or EXPORT_FORMAT_ROAM.',
			);
	}
}
