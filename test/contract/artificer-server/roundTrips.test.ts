import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { ArtificerClient } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { anyDocument, type Document, meaningOf } from './fixtures/documents';

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer();
	client = new ArtificerClient(server.address);
});

afterAll(async () => {
	client.close();
	await server.stop();
});

async function throughMarkdown(document: Document): Promise<[string, Document]> {
	const { markdown } = await client.call('ConversionService/ExportMarkdown', {
		document,
		include_metadata: true,
	});
	const request = { content: markdown, include_metadata: true };
	const answer = await client.call<{ document: Document }>(
		'ConversionService/ImportMarkdown',
		request,
	);
	return [String(markdown), answer.document];
}

async function throughHtml(document: Document): Promise<[string, Document]> {
	const request = { document, include_metadata: true, class_name: 'x' };
	const { html } = await client.call('ConversionService/ExportHTML', request);
	const answer = await client.call<{ document: Document }>('ConversionService/ImportHTML', {
		content: html,
	});
	return [String(html), answer.document];
}

describe.each([
	['Markdown', throughMarkdown],
	['HTML', throughHtml],
])('Portable Text through %s and back', (_, through) => {
	// Breaks when any mark, level, cell, escape or block is lost or changed on the way.
	it('says the same', async () => {
		await fc.assert(
			fc.asyncProperty(anyDocument, async (document) => {
				const [written, read] = await through(document);
				if (meaningOf(read) !== meaningOf(document)) {
					throw new Error(
						`written as:\n${written}\nread as:\n${meaningOf(read)}\nnot:\n${meaningOf(document)}`,
					);
				}
			}),
			{ numRuns: 200 },
		);
	});

	// Breaks when metadata is lost, or a value changes its type on the way.
	it('keeps metadata', async () => {
		const metadata = {
			title: 'A: "title"',
			tags: '["a","b"]',
			version: '1.10',
			date: '2026-01-02',
			empty: '',
			'a b': '- c',
		};
		const [, read] = await through({ content: [], metadata });
		expect(read.metadata).toEqual(metadata);
	});
});

describe('the table of CommonMark’s and GFM’s examples', () => {
	// Breaks when an example loses something new, or docs/ says something else than what is so.
	it('is what docs/markdown-support.md says', () => {
		const root = join(__dirname, '..', '..', '..');
		const script = join(root, 'servers', 'artificer', 'scripts', 'markdown-table.mjs');
		execFileSync(join(root, 'node_modules', '.bin', 'node'), [script, '--check'], {
			stdio: 'pipe',
		});
	});
});
