import { FableForgeServer } from '../../contract/support/fableforgeServer';
import type { FinishedExecution } from '../support/n8nServer';
import { settings, token, type Choices } from './files';
import { jsonOf, reasonOf, succeeded, until, withoutServices, type Live } from './live';

interface Account {
	documents: number;
	done: number;
	failed: number;
	missing: number;
	finished: boolean;
	results: Array<{ document_id: string; html: string; metadata: object }>;
	failures: Array<{ document_id: string; error: string }>;
}

const headers = { 'content-type': 'application/json', ...token };

/** A workflow that deletes what is known of a batch, but for its contents. */
const forgetting = (batch: string) => ({
	id: 'forgetting',
	name: 'Forgetting',
	nodes: [
		{
			id: 'by-hand',
			name: 'Run by Hand',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		},
		{
			id: 'delete',
			name: 'Delete Documents',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			position: [200, 0] as [number, number],
			parameters: {
				resource: 'row',
				operation: 'deleteRows',
				dataTableId: { __rl: true, mode: 'name', value: 'distributed_batch_documents' },
				matchType: 'allConditions',
				filters: { conditions: [{ keyName: 'batch_id', condition: 'eq', keyValue: batch }] },
				options: {},
			},
		},
	],
	connections: {
		'Run by Hand': { main: [[{ node: 'Delete Documents', type: 'main' as const, index: 0 }]] },
	},
	settings: { executionOrder: 'v1' as const },
});

/** The batch of documents that is split over executions, as its clients see it. */
export function batchCases(live: () => Live) {
	let workflow: string;

	const open = async (changes = {}, choices: Choices = {}) => {
		const { parameters, ...more } = choices;
		const own = { n8n_url: live().n8n.address, part_size: 2, ...changes };
		workflow = await live().activate('distributed-batch', {
			...more,
			parameters: { ...settings('distributed-batch', own), ...parameters },
		});
	};

	// Two copies can't be live under the same address.
	afterEach(async () => await live().deactivate(workflow));

	const post = async (body: unknown, path = 'distributed-batch') =>
		await fetch(`${live().n8n.address}/webhook/${path}`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
	const accountOf = async (batch: string, more = '') => {
		const address = `${live().n8n.address}/webhook/distributed-batch?batch_id=${batch}${more}`;
		const response = await fetch(address, { headers });
		return { status: response.status, account: (await response.json()) as Account };
	};
	const finished = async (batch: string) =>
		await until(async () => {
			const { account } = await accountOf(batch);
			return account.finished ? account : undefined;
		});
	const documentsOf = (count: number, first = 0) =>
		Array.from({ length: count }, (_, place) => ({
			document_id: `d${first + place}`,
			text: `안녕하세요 ${1000 + first + place}.`,
		}));
	/** The runs that worked on parts. */
	const parts = async () =>
		(await live().executions(workflow, 1))
			.filter((run) => run.data.resultData.runData['Documents of the Part'])
			.map((run) => jsonOf(succeeded(run), 'Document').map(({ document_id }) => document_id));

	/** A run's nodes, in the order in which they began. */
	const orderOf = (run: FinishedExecution) =>
		Object.entries(run.data.resultData.runData)
			.map(([name, [first]]) => ({ name, index: first?.executionIndex ?? -1 }))
			.sort((a, b) => a.index - b.index)
			.map(({ name }) => name);

	it('distributed-batch: what a state tells of is there before it; broken by a document without its text, or done without its result, when n8n ends in between', async () => {
		await open();
		await post({ batch_id: 'order', documents: documentsOf(1) });
		await finished('order');
		const runs = (await live().executions(workflow, 1)).map(orderOf);
		const [sent] = runs.filter((nodes) => nodes.includes('Keep Documents'));
		const [part] = runs.filter((nodes) => nodes.includes('Keep Outcome'));
		expect(sent?.filter((name) => /^Keep /.test(name))).toEqual([
			'Keep Contents',
			'Keep Documents',
		]);
		expect(part?.filter((name) => /^Keep /.test(name))).toEqual(['Keep Result', 'Keep Outcome']);
	});

	it('distributed-batch: a text that was kept, but whose document was not, is not used for the one sent again; broken by a document that is done with an older text', async () => {
		await open();
		const [sent] = documentsOf(1);
		await post({ batch_id: 'older', documents: [sent] });
		await finished('older');
		// As if n8n had ended between keeping the content and keeping the document.
		const forget = await live().n8n.importWorkflow(forgetting('older'));
		succeeded(await live().n8n.run(forget, 'Run by Hand'));
		await post({ batch_id: 'older', documents: [{ ...sent, text: '안녕하세요 2000.' }] });
		const { results } = await finished('older');
		expect(results).toHaveLength(1);
		expect(new Set(results[0]?.html.match(/[12]000/g))).toEqual(new Set(['2000']));
	});

	it('distributed-batch: each part is a run of its own, and each document has its own result once; broken by a part that takes documents of another', async () => {
		await open();
		const response = await post({ batch_id: 'five', documents: documentsOf(5) });
		expect([response.status, await response.json()]).toEqual([
			202,
			{ batch_id: 'five', documents: 5, open: 5, parts: 3 },
		]);
		const account = await finished('five');
		expect(account).toMatchObject({ documents: 5, done: 5, failed: 0, missing: 0 });
		account.results.forEach(({ document_id, html, metadata }, place) => {
			expect(document_id).toBe(`d${place}`);
			expect(new Set(html.match(/1\d{3}(?=\b)/g))).toEqual(new Set([String(1000 + place)]));
			expect(metadata).toMatchObject({ language: 'kor', specialists_succeeded: 5 });
		});
		const worked = await parts();
		expect(worked.map((part) => part.length).sort()).toEqual([1, 2, 2]);
		expect(worked.flat().sort()).toEqual(['d0', 'd1', 'd2', 'd3', 'd4']);
		const page = await accountOf('five', '&offset=3&limit=1');
		expect(page.account.results.map(({ document_id }) => document_id)).toEqual(['d3']);
	});

	it('distributed-batch: the same batch and the same part again change nothing; broken by a result that is written twice', async () => {
		await open();
		await post({ batch_id: 'again', documents: documentsOf(3) });
		const first = await finished('again');
		const same = await post({ batch_id: 'again', documents: documentsOf(3) });
		expect(await same.json()).toEqual({ batch_id: 'again', documents: 3, open: 0, parts: 0 });
		const part = { batch_id: 'again', part: 0 };
		expect((await post(part, 'distributed-batch-part')).status).toBe(202);
		// More documents, and the part that takes them twice at the same moment.
		const more = await post({ batch_id: 'again', documents: documentsOf(4) });
		expect(await more.json()).toEqual({ batch_id: 'again', documents: 4, open: 1, parts: 1 });
		await post({ batch_id: 'again', part: 2 }, 'distributed-batch-part');
		const second = await finished('again');
		expect(second).toMatchObject({ documents: 4, done: 4 });
		expect(second.results.slice(0, 3)).toEqual(first.results);
	});

	it('distributed-batch: a bad document fails alone and is tried again when asked; broken by a failure that stops its part', async () => {
		await open();
		const documents = [{ document_id: 'empty', text: '' }, ...documentsOf(1)];
		await post({ batch_id: 'bad', documents });
		const { done, failures } = await finished('bad');
		expect({ done, failures }).toEqual({
			done: 1,
			failures: [{ document_id: 'empty', error: expect.stringContaining('Text is empty') }],
		});
		const again = await post({ batch_id: 'bad' });
		expect(await again.json()).toEqual({ batch_id: 'bad', documents: 2, open: 1, parts: 1 });
		expect(await finished('bad')).toMatchObject({ done: 1, failed: 1, missing: 0 });
	});

	it('distributed-batch: services that are gone are told of for each document; broken by documents without an outcome', async () => {
		await open({}, withoutServices);
		await post({ batch_id: 'gone', documents: documentsOf(3) });
		const { failures } = await finished('gone');
		expect(failures.map(({ document_id }) => document_id)).toEqual(['d0', 'd1', 'd2']);
		for (const { error } of failures) expect(error).toContain('127.0.0.1:1');
	});

	it('distributed-batch: a document that ended its runs too often is given up; broken by a poison document that is tried for ever', async () => {
		await open({ most_tries: 0 });
		await post({ batch_id: 'poison', documents: documentsOf(1) });
		const { failures } = await finished('poison');
		expect(failures).toEqual([{ document_id: 'd0', error: expect.stringMatching(/^Given up: /) }]);
	});

	it('distributed-batch: parts that can not be started fail the run and stay open; broken by a failure that nobody hears of', async () => {
		const parameters = { 'Wait 30 Seconds': { amount: 0 } };
		await open({ n8n_url: 'http://127.0.0.1:1' }, { parameters });
		await post({ batch_id: 'unstarted', documents: documentsOf(2) });
		const [run] = await live().executions(workflow, 1);
		expect(run && reasonOf(run)).toMatch(
			/^Parts that could not be started: 1\. Send the batch again/,
		);
		expect((await accountOf('unstarted')).account).toMatchObject({ missing: 2, finished: false });
	});

	it('distributed-batch: the part of a lost run is started again, and a run that was not lost after all does no harm; broken by a part that stays open, or a document that is done twice', async () => {
		const slow = await FableForgeServer.start({ FABLEFORGE_DELAY_MS: '1500' });
		try {
			const data = { baseUrl: slow.url, authentication: 'none' };
			const fableForgeApi = await live().credential('fableForgeApi', data);
			await open({}, { credentials: { fableForgeApi } });
			await post({ batch_id: 'lost-run', documents: documentsOf(2) });
			const again = await until(async () => {
				const execution_ids = await live().n8n.executionsOf(workflow);
				const response = await post({ execution_ids }, 'distributed-batch-lost');
				expect(response.status).toBe(202);
				const started = (await response.json()) as { open: number; parts: number };
				return started.parts > 0 ? started : undefined;
			});
			expect(again).toEqual({ open: 2, parts: 1 });
			const other = await post({ execution_ids: ['0'] }, 'distributed-batch-lost');
			expect(await other.json()).toEqual({ open: 0, parts: 0 });
			const first = await finished('lost-run');
			expect(first).toMatchObject({ documents: 2, done: 2 });
			expect((await parts()).filter((part) => part.length === 2)).toHaveLength(2);
			expect((await accountOf('lost-run')).account.results).toEqual(first.results);
		} finally {
			await slow.stop();
		}
	});

	it('distributed-batch: 500 documents in ten parts; broken by one that is lost or done twice', async () => {
		await open({ part_size: 50 });
		const sent = await post({ batch_id: 'many', documents: documentsOf(500) });
		expect(await sent.json()).toEqual({ batch_id: 'many', documents: 500, open: 500, parts: 10 });
		const account = await finished('many');
		expect(account).toMatchObject({ documents: 500, done: 500, failed: 0 });
		const ids = account.results.map(({ document_id }) => document_id);
		expect(ids).toEqual(documentsOf(500).map(({ document_id }) => document_id));
	});

	it('distributed-batch: strangers and wrong requests are refused; broken by a check that is left out', async () => {
		await open({ most_documents: 3, longest_text: 20 });
		const address = `${live().n8n.address}/webhook/distributed-batch`;
		for (const [path, method] of [
			['', 'POST'],
			['-part', 'POST'],
			['-lost', 'POST'],
			['?batch_id=five', 'GET'],
		]) {
			expect((await fetch(`${address}${path}`, { method })).status).toBe(403);
		}
		const problemsOf = async (body: unknown, path?: string) => {
			const response = await post(body, path);
			expect(response.status).toBe(400);
			return ((await response.json()) as { problems: string[] }).problems;
		};
		expect(await problemsOf({})).toEqual([expect.stringContaining('documents are missing')]);
		expect(await problemsOf({ documents: [] })).toEqual([
			expect.stringContaining('one or more documents'),
		]);
		expect(await problemsOf({ documents: documentsOf(4) })).toEqual([
			'there are 4 documents, and 3 are allowed: send them in several batches',
		]);
		const wrong = [
			{ text: 'x' },
			{ document_id: 'a', text: 'x'.repeat(21) },
			{ document_id: 'a', text: 'x', language: 'eng' },
		];
		expect(await problemsOf({ batch_id: {}, documents: wrong })).toEqual([
			expect.stringContaining('batch_id must be'),
			expect.stringContaining('documents[0].document_id must be'),
			expect.stringContaining('documents[1].text has 21 characters, and 20 are allowed'),
			'documents[2].language must be kor, jpn or chi',
			expect.stringContaining('occurs twice'),
		]);
		// A part is only put into the queue before it is answered; what is wrong with it fails its run.
		expect((await post({ batch_id: 'x', part: -1 }, 'distributed-batch-part')).status).toBe(202);
		const failed = await until(async () =>
			(await live().executions(workflow, 1)).find(({ status }) => status === 'error'),
		);
		expect(reasonOf(failed)).toContain('part must be a whole number from 0');
		expect(await problemsOf({ execution_ids: '5' }, 'distributed-batch-lost')).toHaveLength(1);
		expect((await accountOf('nowhere')).status).toBe(404);
		expect((await accountOf('nowhere', '&limit=5000')).status).toBe(400);
		expect((await post({ batch_id: 'nowhere' })).status).toBe(404);
	});
}
