import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Batch, type Account } from './support/batches';
import { answerOf, burst } from './support/burst';
import { Cluster } from './support/cluster';
import { FaultyFront, type Fault } from './support/faultyFront';

const guidePdf = readFileSync(path.resolve(__dirname, '../../sandbox/samples/guide.pdf'));

/** Short times, so that a test doesn't wait for n8n's and the cluster's own. */
const quickRecovery = {
	// Minutes.
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.1',
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/** Executions that a worker runs at once. */
const concurrency = 3;
/** Documents of a batch: three times the parts of two that the workers do at once. */
const many = 36;

let cluster: Cluster;
let front: FaultyFront;

beforeAll(async () => {
	cluster = await Cluster.open({
		size: { workers: 2, artificers: 2, concurrency },
		// The binary store takes files of 1 MB.
		n8nSettings: { ...quickRecovery, N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE: '1' },
		fableForgeSettings: { FABLEFORGE_DELAY_MS: '1000' },
		wishes: {
			settings: { part_size: 2, lost_after_minutes: 0.5 },
			recoverySeconds: 10,
			options: { timeout: 4, retries: 3, retryWaits: '1', retryDoubling: false },
			further: ['pdf-to-html-api', 'translation-api'],
		},
	});
	front = await FaultyFront.before(cluster.opened.fableForge);
	await cluster.useFableForge(front.url);
}, 180_000);

/** Has all of the cluster at work again before the next test. */
async function restore(): Promise<void> {
	front.fault = 'none';
	await cluster.ready();
}

afterAll(async () => {
	await cluster.close();
	await front.close();
}, 60_000);

/** Every document has exactly one outcome, in the account and in the table, and nothing is stuck. */
async function demandOneOutcomeEach(batch: Batch, account: Account): Promise<void> {
	const ids = batch.documents.map(({ document_id }) => document_id).sort();
	const outcomes = [...account.results, ...account.failures];
	expect(outcomes.map(({ document_id }) => document_id).sort()).toEqual(ids);
	expect(account).toMatchObject({ documents: ids.length, missing: 0, finished: true });
	for (const { error } of account.failures) expect(error).toMatch(/\w+ \w+/);
	const rows = await cluster.documentsOf(batch.id);
	expect(rows.map(({ document_id }) => document_id).sort()).toEqual(ids);
	await cluster.quiet();
}

/**
 * Sends a batch, and waits until a part of it is done, and more under way than one worker does at
 * once. The database is asked, because a webhook's answer would wait in the queue behind the batch.
 */
async function begun(id: string): Promise<Batch> {
	const batch = new Batch(cluster, id, many);
	await batch.send();
	for (;;) {
		const rows = await cluster.documentsOf(id);
		const done = rows.filter(({ status }) => status === 'done').length;
		if (done > 0 && (await cluster.running()) > concurrency) return batch;
		if (done === many) throw new Error(`${id} was done before anything could be struck`);
		await wait(50);
	}
}

interface RecoveredRun {
	execution_id: string;
	way: string;
	outcome: string;
}

/** The runs that the recovering template has dealt with. */
async function recovered(): Promise<RecoveredRun[]> {
	return await cluster.rowsOf('recovered_runs');
}

/** Waits until the recovering template, which looks every ten seconds, has dealt with a run. */
async function dealtWith(id: number): Promise<RecoveredRun> {
	for (;;) {
		const run = (await recovered()).find(({ execution_id }) => execution_id === String(id));
		if (run) return run;
		await wait(500);
	}
}

describe('a cluster of which a part fails', () => {
	afterEach(restore);

	// Broken by a cluster that doesn't start again what ended, and by lost runs that nobody starts again.
	test('a worker that is killed: its parts are started again, and every document is done once', async () => {
		const before = (await recovered()).length;
		const batch = await begun('worker');
		await cluster.strike('worker 1', 'SIGKILL');
		const account = await batch.finished();
		expect(account).toMatchObject({ done: many, failed: 0 });
		await demandOneOutcomeEach(batch, account);
		await cluster.ready();
		expect(await cluster.starts('worker 1')).toBe(2);
		expect((await recovered()).length).toBeGreaterThan(before);
	});

	// Broken without the recovery settings: n8n would see it three hours later.
	test('a worker and the webhook process that are killed: what crashed is found and run again', async () => {
		const batch = await begun('crash');
		await Promise.all(
			['worker 2', 'n8n webhooks'].map(async (name) => await cluster.strike(name, 'SIGKILL')),
		);
		await cluster.ready();
		const account = await batch.finished();
		expect(account).toMatchObject({ done: many, failed: 0 });
		await demandOneOutcomeEach(batch, account);
		const crashed = (await cluster.executionsOf('distributed-batch')).filter(
			({ status }) => status === 'crashed',
		);
		expect(crashed).not.toHaveLength(0);
		for (const { id } of crashed) expect((await dealtWith(id)).way).toMatch(/again$/);
	});

	// Broken by a node without retries.
	test('an Artificer server that is killed and started again: no document fails', async () => {
		const batch = await begun('artificer');
		await cluster.strike('Artificer 1', 'SIGKILL');
		const account = await batch.finished();
		expect(account).toMatchObject({ done: many, failed: 0 });
		await demandOneOutcomeEach(batch, account);
		await cluster.ready();
		expect(await cluster.starts('Artificer 1')).toBe(2);
	});

	// Broken by a Redis that keeps its queue in memory alone.
	test('a Redis that is started again: the queue is still there', async () => {
		const batch = await begun('redis');
		await cluster.strike('Redis', 'SIGTERM');
		const account = await batch.finishedBySendingAgain();
		await demandOneOutcomeEach(batch, account);
		expect(account.done).toBe(many);
	});

	// Broken by a cluster that doesn't start n8n again.
	test('a Redis that is gone for longer than n8n waits: n8n ends, is started again, and all goes on', async () => {
		const batch = await begun('long');
		await cluster.stop('Redis');
		const gone = async () =>
			(await cluster.said()).filter((line) => /^(n8n|worker).* ended with exit code/.test(line));
		const earlier = (await gone()).length;
		while ((await gone()).length < earlier + 4) await wait(500);
		await cluster.start('Redis');
		await cluster.ready();
		const account = await batch.finishedBySendingAgain();
		await demandOneOutcomeEach(batch, account);
		expect(account.done).toBe(many);
	});

	// Broken by a document that is kept twice, or by an execution that is left running.
	test('a PostgreSQL that is started again: every document has one outcome', async () => {
		const batch = await begun('postgres');
		await cluster.strike('PostgreSQL', 'SIGINT');
		const account = await batch.finishedBySendingAgain();
		await demandOneOutcomeEach(batch, account);
	});

	const passing: Fault[] = ['hang', 'refuse', 'cut'];

	// Broken by nodes without retries: documents would fail.
	test.each(passing)(
		'a FableForge that begins to «%s» and recovers: no document fails',
		async (fault) => {
			const batch = await begun(`passing-${fault}`);
			const { struck } = front;
			front.fault = fault;
			while (front.struck < struck + 3) await wait(100);
			front.fault = 'none';
			const account = await batch.finished();
			expect(account).toMatchObject({ done: many, failed: 0 });
			await demandOneOutcomeEach(batch, account);
		},
	);

	// Broken by a failure that stops the part, or that says nothing.
	test('a FableForge that stays out of order: each document says so, and is done when it is sent again', async () => {
		const batch = new Batch(cluster, 'lasting', 6);
		front.fault = 'refuse';
		await batch.send();
		const failed = await batch.finished();
		expect(failed).toMatchObject({ done: 0, failed: 6 });
		for (const { error } of failed.failures) expect(error).toMatch(/500|Out of order/);
		await demandOneOutcomeEach(batch, failed);
		front.fault = 'none';
		await batch.send();
		while ((await batch.account())?.done !== 6) await wait(300);
		await demandOneOutcomeEach(batch, await batch.finished());
	});

	// Broken by a webhook that answers 200 without a page, and by a worker that ends over a large file.
	test('a file over the limit of the binary store is refused, and the next one is done', async () => {
		const large = Buffer.concat([guidePdf, Buffer.alloc(2_000_000, '%')]);
		const post = async (body: Buffer<ArrayBuffer>) =>
			await fetch(`${cluster.opened.webhooks}/webhook/pdf-to-html`, {
				method: 'POST',
				headers: { ...cluster.header, 'content-type': 'application/pdf' },
				body: new Blob([body]),
			});
		const refused = await post(large);
		expect(refused.status).toBeGreaterThanOrEqual(400);
		expect((await refused.text()).length).toBeGreaterThan(0);
		const done = await post(Buffer.from(guidePdf));
		expect(done.status).toBe(200);
		expect(await done.text()).toContain('<html');
		await cluster.quiet();
	});

	/*
	 * Broken by a request that gets another one's result, or none. One kind of none is n8n's own: its look
	 * for lost runs now and then takes for lost what is only just being queued, and then nobody answers.
	 * Such a run has to be found and run again as any other, and its sender may ask again.
	 */
	test('200 webhooks at once: each gets its own answer', async () => {
		const url = `${cluster.opened.webhooks}/webhook/translate`;
		const bodies = Array.from({ length: 200 }, (_, number) => ({
			text: `문서 ${number}번입니다.`,
			language: 'kor',
		}));
		const answers = await burst(cluster, 'translation-api', url, bodies);
		const unanswered = bodies.filter((_, number) => !answers[number]);
		const crashed = (await cluster.executionsOf('translation-api')).filter(
			({ status }) => status === 'crashed',
		);
		expect(crashed).toHaveLength(unanswered.length);
		for (const [number, body] of bodies.entries()) {
			const answer = answers[number] ?? (await answerOf(cluster, url, body));
			const found = [...(answer?.text ?? '').matchAll(/문서 (\d+)번/g)].map(([, each]) => each);
			expect({ ...answer, numbers: [...new Set(found)] }).toMatchObject({
				status: 200,
				numbers: [String(number)],
			});
		}
		for (const { id } of crashed) expect((await dealtWith(id)).way).toMatch(/again$/);
		await cluster.quiet();
		const senders = (await cluster.executionsOf('translation-api')).filter(
			({ mode, status }) => mode === 'webhook' && status !== 'crashed',
		);
		expect(senders.map(({ status }) => status)).toEqual(bodies.map(() => 'success'));
	});
});

// Broken by a process, or a folder, that outlives its cluster.
test('a cluster that ends leaves nothing behind', async () => {
	const pids = await cluster.pids();
	await cluster.close();
	expect(existsSync(cluster.opened.folder)).toBe(false);
	for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(false);
});
