import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { fromPortableText, toPortableText } from '../../../nodes/Artificer/operations/portableText';
import { accountItem } from '../../../nodes/QuorumMerge/outputs';
import { judge } from '../../../nodes/QuorumMerge/quorum';
import { objectionTo, voterOf } from '../../../nodes/QuorumMerge/votes';
import { checkout } from '../deploy/files';
import { LibraryServer } from '../template-library/libraryServer';
import { runBy, titled } from './blocks';

// Broken by a document that the node would not take as it stands, or would give back otherwise.
test.each(titled(runBy('json', 'portable-text')))(
	'%s: a document as the node has it',
	(_, { text }) => {
		const document = JSON.parse(text) as object;
		const onTheWire = fromPortableText(document) as Parameters<typeof toPortableText>[0];
		expect(toPortableText(onTheWire)).toEqual(document);
	},
);

// Broken by an account whose fields are called otherwise, or that does not add up.
test.each(titled(runBy('json', 'quorum-account')))(
	'%s: an account as the node gives it',
	(_, { text }) => {
		const shown = JSON.parse(text) as { candidates: IDataObject[]; failures: IDataObject[] };
		const added = ['voter', 'reason'];
		const cast = shown.failures.map((failure) =>
			Object.fromEntries(Object.entries(failure).filter(([name]) => !added.includes(name))),
		);
		const reading = {
			groupBy: { kind: 'all' as const },
			voterField: 'specialist',
			requiredFields: [],
			least: undefined,
		};
		const votes = [...shown.candidates, ...cast].map((json, place) => {
			const item = { json };
			const input = { index: 0, branch: undefined, source: undefined, items: [] };
			return {
				voter: voterOf(item, input, place, 1, reading.voterField),
				group: '',
				objection: objectionTo(item, reading),
				item,
				input: 0,
				place,
			};
		});
		const rule = { demand: { kind: 'number' as const, number: 3 }, expected: undefined, roll: [] };
		const [account] = judge(votes, rule);
		if (!account) throw new Error('There is no account.');
		expect(accountItem(account).json).toEqual(shown);
	},
);

// Broken by an index that the library doesn't serve.
test.each(titled(runBy('json', 'template-index')))(
	'%s: an index that the library serves',
	async (_, { text }) => {
		const folder = mkdtempSync(path.join(os.tmpdir(), 'templates-'));
		try {
			cpSync(path.join(checkout, 'workflows-templates'), folder, { recursive: true });
			writeFileSync(path.join(folder, 'index.json'), text);
			const library = await LibraryServer.start(folder);
			try {
				const { status, body } = await library.get('/templates/search');
				expect([status, body.totalWorkflows]).toEqual([200, (JSON.parse(text) as object[]).length]);
			} finally {
				await library.stop();
			}
		} finally {
			rmSync(folder, { recursive: true });
		}
	},
);
