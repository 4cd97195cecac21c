import type { IDataObject } from 'n8n-workflow';
import { operationCases } from '../artificer/cases';
import { WorkflowBuilder } from '../support/building';
import { itemsOf, type FinishedRun, type WorkflowJson } from '../support/workflows';
import { letterLines, type World } from './world';

/** Nodes that give items with these fields: «Items», then «Source», one item each. */
function withItems(items: IDataObject[]): WorkflowBuilder {
	const jsonOutput = JSON.stringify({ items });
	return new WorkflowBuilder()
		.add('Items', 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput, options: {} })
		.add('Source', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} })
		.chain('Start', 'Items', 'Source');
}

/** What stands before each operation; what isn't named here takes the source's own fields. */
const before: Record<string, string> = {
	'pdf extractText': 'Read',
	'pdf processPdf': 'Read',
	'pdf checkOcrNeed': 'Read',
	'pdf extractPageImages': 'Read',
	'image extractText': 'pdf extractPageImages',
	'image convert': 'pdf extractPageImages',
	'text chunkDocument': 'pdf extractText',
	'text chunkDocuments': 'pdf extractText',
	'text countTokens': 'pdf extractText',
	'document exportHtml': 'document importMarkdown',
	'document exportMarkdown': 'document importMarkdown',
	'document exportNotion': 'document importHtml',
	'document exportRoam': 'document importHtml',
	'document batchExport': 'document importMarkdown',
};

const parameters: Record<string, IDataObject> = {
	'pdf extractPageImages': { dpi: 150 },
	'image convert': { format: 'webp' },
	'document exportHtml': { outputAs: 'file' },
	'text chunkDocument': { chunkSize: 40, chunkOverlap: 0 },
};

/** Every operation on the files and fields of two items, each behind what gives it its input. */
function everyOperation({ files }: World): WorkflowJson {
	const builder = withItems([
		{
			tag: 'guide',
			path: files.guide,
			markdown: '# Guide\n\nSome **bold** words.',
			html: '<h1>Guide</h1>',
			messages: [{ role: 'user', content: 'Where is the harbour?' }],
		},
		{
			tag: 'letter',
			path: files.letter,
			markdown: '- one\n- two',
			html: '<p>Letter</p>',
			messages: [{ role: 'user', content: 'When does it open?' }],
		},
	]).add('Read', 'n8n-nodes-base.readWriteFile', 1, {
		fileSelector: '={{ $json.path }}',
		options: {},
	});
	builder.chain('Source', 'Read');
	for (const name of names) {
		const [resource, operation] = name.split(' ');
		builder
			.artificer(name, { resource, operation, ...parameters[name], options: {} })
			.set(`After ${name}`, '({ tag: $("Source").item.json.tag })')
			.chain(before[name] ?? 'Source', name, `After ${name}`);
	}
	return { ...builder.build(), id: 'every-operation', name: 'Every Operation' };
}

const names = operationCases.map(({ resource, operation }) => `${resource} ${operation}`);

/** One path of each operation on real files, in a binary mode of n8n's. */
export function describeOperations(world: () => World, mode: 'filesystem' | 'database'): void {
	describe(`every operation of Artificer in n8n with files in the mode ${mode}`, () => {
		let run: FinishedRun;
		const files = async (name: string, field = 'data') => {
			const ids = itemsOf(run, name).map(({ binary }) => binary?.[field]?.id ?? '');
			return await Promise.all(ids.map(async (id) => await world().n8n.file(id)));
		};

		beforeAll(async () => {
			const id = await world().n8n.importWorkflow(everyOperation(world()));
			run = await world().n8n.run(id, 'Start');
		});

		// Broken by a field whose expression, type or gating only works outside of the editor's n8n.
		it('runs to its end', () => {
			expect(run.data.resultData.error?.message).toBeUndefined();
			expect(run.status).toBe('success');
		});

		// Broken by an answer that isn't handed on, or items that lost what they come from.
		it.each(operationCases.map((one, index) => [names[index] ?? '', one.expected] as const))(
			'%s gives results, and an expression after it finds the item before it',
			(name, expected) => {
				const results = itemsOf(run, name);
				const tags = itemsOf(run, `After ${name}`).map(({ json }) => json.tag);
				for (const { json, binary } of results) {
					expect({ ...json, ...(binary && { html: binary }) }).toHaveProperty(expected);
				}
				expect(tags).toHaveLength(results.length);
				expect([...new Set(tags)]).toEqual(['guide', 'letter']);
				expect(tags).toEqual([...tags].sort());
			},
		);

		// Broken by bytes that are damaged in n8n's store, or a file that stays in the item.
		it('reads files from the store and puts files into it', async () => {
			const ids = ['Read', 'pdf extractPageImages', 'image convert', 'document exportHtml']
				.flatMap((name) => itemsOf(run, name))
				.map(({ binary }) => binary?.data?.id ?? '');
			expect(ids).toHaveLength(12);
			for (const id of ids) expect(id).toMatch(new RegExp(`^${mode}`));
			const texts = itemsOf(run, 'pdf extractText').map(({ json }) => String(json.text));
			expect(texts[0]).toContain('안녕하세요');
			expect(texts[1]).toContain(letterLines[1]);
			for (const page of await files('pdf extractPageImages')) {
				expect(page.subarray(1, 4).toString('latin1')).toBe('PNG');
			}
			for (const image of await files('image convert')) {
				expect(image.subarray(8, 12).toString('latin1')).toBe('WEBP');
			}
			const pages = (await files('document exportHtml')).map((page) => page.toString('utf8'));
			expect(pages[0]).toContain('<strong>bold</strong>');
			expect(pages[1]).toMatch(/<li\b/);
		});

		// Broken by a picture that isn't the page.
		it('reads by OCR what the pages show', () => {
			const read = itemsOf(run, 'image extractText').map(({ json }) => String(json.text));
			expect(read).toHaveLength(4);
			expect(read[3]).toContain('harbour');
		});
	});
}

/** A thousand small calls of one node. */
export function describeThousandItems(world: () => World): void {
	// Broken by results in the order of their coming, or by items that are lost among many.
	it('a thousand items keep their order and what they come from', async () => {
		const items = Array.from({ length: 1000 }, (_, n) => ({
			n,
			text: 'word '.repeat((n % 20) + 1),
		}));
		const builder = withItems(items)
			.artificer('Count', { resource: 'text', operation: 'countTokens', options: { atOnce: 20 } })
			.set('After', '({ n: $("Source").item.json.n, tokens: $json.token_count })')
			.chain('Source', 'Count', 'After');
		const { n8n } = world();
		const id = await n8n.importWorkflow({ ...builder.build(), id: 'thousand', name: 'Thousand' });
		const run = await n8n.run(id, 'Start');
		expect(run.status).toBe('success');
		const after = itemsOf(run, 'After').map(({ json }) => json);
		expect(after.map(({ n }) => n)).toEqual(items.map(({ n }) => n));
		const counts = after.slice(0, 20).map(({ tokens }) => Number(tokens));
		expect(counts).toEqual([...counts].sort((a, b) => a - b));
	});
}
