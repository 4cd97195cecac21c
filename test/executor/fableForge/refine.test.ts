import type { IDataObject } from 'n8n-workflow';
import { FableForgeServer, type RequestLine } from '../../contract/support/fableforgeServer';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickCase } from '../support/quickExecutor';
import { itemsOf } from '../support/workflows';

let executor: QuickExecutor;

beforeAll(async () => {
	executor = await QuickExecutor.start();
});

afterAll(async () => {
	await executor.close();
});

const five = ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'];
const isRefine = ({ endpoint }: RequestLine) => endpoint === '/refine';

function refineCase(url: string, texts: string[], options: IDataObject, settings = {}): QuickCase {
	const workflow = new WorkflowBuilder()
		.fableForge('Refine', refineParameters(options), settings)
		.chain('Start', 'Refine')
		.build();
	return {
		workflow,
		credentials: { fableforge: { baseUrl: url } },
		pinData: inputItems(...texts.map((text) => ({ text }))),
	};
}

function refineParameters(options: IDataObject): IDataObject {
	return {
		resource: 'text',
		operation: 'refine',
		text: '={{ $json.text }}',
		language: 'kor',
		specialists: five,
		options,
	};
}

async function withServer<T>(
	environment: Record<string, string>,
	use: (server: FableForgeServer) => Promise<T>,
): Promise<T> {
	const server = await FableForgeServer.start(environment);
	try {
		return await use(server);
	} finally {
		await server.stop();
	}
}

describe('Refine in the executor', () => {
	// Broken by awaiting one specialist after the other.
	it('has all specialists of all texts in flight together', async () => {
		await withServer({ FABLEFORGE_DELAY_MS: '600' }, async (server) => {
			const run = await executor.run(refineCase(server.url, ['하나', '둘'], {}));
			expect(run.status).toBe('success');
			const lines = await server.waitForRequests(10, isRefine);
			expect(Math.max(...lines.map(({ in_flight }) => in_flight))).toBe(10);
			const votes = itemsOf(run, 'Refine').map(({ json }) => json);
			expect(votes.map(({ specialist }) => specialist)).toEqual([...five, ...five]);
			expect(new Set(votes.map(({ source }) => source)).size).toBe(2);
			expect(itemsOf(run, 'Refine').map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map((item) => ({ item })),
			);
		});
	});

	// Broken by a limit that isn't kept.
	it('keeps within Requests at Once', async () => {
		await withServer({ FABLEFORGE_DELAY_MS: '50' }, async (server) => {
			await executor.run(refineCase(server.url, ['하나', '둘', '셋'], { atOnce: 4 }));
			const lines = await server.waitForRequests(15, isRefine);
			expect(Math.max(...lines.map(({ in_flight }) => in_flight))).toBe(4);
		});
	});

	// Broken by waiting for all, or by leaving the late requests running.
	it('cancels the late specialists when the quorum is reached', async () => {
		const delays = 'cultural=60000,dialogue=10,fluency=10,narrative=60000,prose=10';
		await withServer({ FABLEFORGE_DELAY_MS: delays }, async (server) => {
			const run = await executor.run(refineCase(server.url, ['하나'], { stopAtQuorum: 3 }));
			const votes = itemsOf(run, 'Refine').map(({ json }) => [json.specialist, json.status]);
			expect(votes).toEqual([
				['cultural', 'cancelled'],
				['dialogue', 'success'],
				['fluency', 'success'],
				['narrative', 'cancelled'],
				['prose', 'success'],
			]);
			const aborted = await server.waitForRequests(2, ({ aborted }) => aborted);
			expect(aborted.map(({ specialist }) => specialist).sort()).toEqual(['cultural', 'narrative']);
		});
	});

	// Broken by a signal that doesn't reach the wire, and by a retry's wait that nobody ends.
	it('ends requests and waits at once when the run is stopped', async () => {
		const delays = 'cultural=60000,dialogue=60000';
		await withServer({ FABLEFORGE_DELAY_MS: delays }, async (server) => {
			const underway = await executor.begin(
				refineCase(server.url, ['하나'], { furtherSpecialists: 'unknown', retryWaits: '60' }),
			);
			await server.waitForRequests(3, isRefine);
			await underway.cancel();
			const aborted = await server.waitForRequests(2, ({ aborted }) => aborted);
			expect(aborted.map(({ specialist }) => specialist).sort()).toEqual(['cultural', 'dialogue']);
			expect((await underway.result()).status).toBe('canceled');
		});
	});

	// Broken by a key `error` in a vote, by throwing for a vote, or by losing one of them.
	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'gives failed votes as data on the main output under %s',
		async (onError) => {
			await withServer({ FABLEFORGE_FAILURE_RATE: '1' }, async (server) => {
				const options = { retries: 1, retryWaits: '0.01' };
				const run = await executor.run(refineCase(server.url, ['하나'], options, { onError }));
				expect(run.status).toBe('success');
				const votes = itemsOf(run, 'Refine').map(({ json }) => json);
				expect(votes).toHaveLength(5);
				for (const vote of votes) {
					expect(vote).not.toHaveProperty('error');
					expect(vote).toMatchObject({ status: 'failed', tries: 2, failure: { status: '500' } });
				}
				expect(itemsOf(run, 'Refine', 1)).toEqual([]);
			});
		},
	);

	// Broken by sending an empty text, or by letting it take the other texts along.
	it('fails the one item whose text is empty', async () => {
		await withServer({}, async (server) => {
			const run = await executor.run(
				refineCase(server.url, ['하나', '', '셋'], {}, { onError: 'continueErrorOutput' }),
			);
			expect(itemsOf(run, 'Refine')).toHaveLength(10);
			const failed = itemsOf(run, 'Refine', 1);
			expect(failed).toHaveLength(1);
			expect(failed[0]?.json).toMatchObject({
				error: 'Text is empty',
				details: { itemIndex: 1, kind: 'input' },
			});
		});
	});

	// Broken by leaving the votes apart.
	it('gives one item a text where the user wants it', async () => {
		await withServer({}, async (server) => {
			const run = await executor.run(
				refineCase(server.url, ['하나', '둘'], {
					oneItemPerText: true,
					textId: '={{ $json.text }}',
				}),
			);
			const items = itemsOf(run, 'Refine').map(({ json }) => json);
			expect(items.map(({ source }) => source)).toEqual(['하나', '둘']);
			for (const { candidates, failures } of items) {
				expect([(candidates as unknown[]).length, (failures as unknown[]).length]).toEqual([5, 0]);
			}
		});
	});

	// Broken by saying nothing about results that a simulator made up.
	it('says in a hint that the results are simulated', async () => {
		await withServer({}, async (server) => {
			const run = await executor.run(refineCase(server.url, ['하나'], {}));
			const [task] = run.data.resultData.runData.Refine ?? [];
			expect(task?.hints?.map(({ message }) => message).join()).toContain('simulated results');
		});
	});

	// Broken by a retry that the user can't see.
	it('tells the user when it waits for the next try', async () => {
		await withServer({ FABLEFORGE_FAILURE_RATE: '1' }, async (server) => {
			const options = { retries: 1, retryWaits: '0.03' };
			const run = await executor.run(refineCase(server.url, ['하나'], options));
			const messages = JSON.stringify(run.messages);
			expect(messages).toContain('waiting 0.03 s, try 2 of 2');
		});
	});
});
