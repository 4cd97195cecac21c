import type { IDataObject } from 'n8n-workflow';
import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { inputItems, WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickRun } from '../support/quickExecutor';
import { itemsOf, type WorkflowNode } from '../support/workflows';

let executor: QuickExecutor;
let server: FableForgeServer;

beforeAll(async () => {
	executor = await QuickExecutor.start();
	server = await FableForgeServer.start();
});

afterAll(async () => {
	await executor.close();
	await server.stop();
});

const five = ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'];

function refine(specialist: string): IDataObject {
	return {
		resource: 'text',
		operation: 'refine',
		text: '={{ $json.text }}',
		language: 'kor',
		specialists: specialist === 'unknown' ? [] : [specialist],
		options: { retries: 0, ...(specialist === 'unknown' && { furtherSpecialists: 'unknown' }) },
	};
}

const merge = {
	numberInputs: 5,
	groupBy: 'source',
	needed: 'number',
	neededNumber: 3,
	output: 'account',
	notReached: 'stop',
};

/** Five branches, each with a node of its own, into five inputs. */
function fiveBranches(
	parametersOf: (specialist: string) => IDataObject,
	mergeParameters: IDataObject,
	settings: (specialist: string) => Partial<WorkflowNode> = () => ({}),
): WorkflowBuilder {
	const builder = new WorkflowBuilder().quorumMerge('Quorum', mergeParameters);
	five.forEach((specialist, index) => {
		builder
			.fableForge(specialist, parametersOf(specialist), settings(specialist))
			.wire('Start', specialist)
			.wire(specialist, 'Quorum', 0, index);
	});
	return builder;
}

async function run(builder: WorkflowBuilder, ...items: IDataObject[]): Promise<QuickRun> {
	return await executor.run({
		workflow: builder.build(),
		credentials: { fableforge: { baseUrl: server.url } },
		pinData: inputItems(...(items.length > 0 ? items : [{ text: '안녕하세요' }])),
	});
}

function quorumOf(finished: QuickRun): IDataObject {
	return itemsOf(finished, 'Quorum')[0]?.json.quorum as IDataObject;
}

describe('five branches into five inputs', () => {
	// Broken by a wrong count of what came by the inputs.
	it('accounts for all five', async () => {
		const finished = await run(fiveBranches(refine, merge));
		expect(finished.status).toBe('success');
		expect(quorumOf(finished)).toEqual({
			reached: true,
			needed: 3,
			attempted: 5,
			succeeded: 5,
			failed: 0,
			missing: 0,
			succeeded_names: five,
			failed_names: [],
			missing_names: [],
		});
	});

	// Broken by taking a failed vote for a success, or by a vote that leaves by the error output.
	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'counts a specialist that fails, under %s',
		async (onError) => {
			const builder = fiveBranches(
				(specialist) => refine(specialist === 'prose' ? 'unknown' : specialist),
				merge,
				() => ({ onError }),
			);
			const finished = await run(builder);
			expect(quorumOf(finished)).toMatchObject({
				attempted: 5,
				succeeded: 4,
				failed: 1,
				missing: 0,
			});
			expect(quorumOf(finished).failed_names).toEqual(['unknown']);
		},
	);

	// Broken by counting only what was heard: a branch that gave nothing has a name, too.
	it('names a branch that gave nothing', async () => {
		const builder = fiveBranches(refine, merge);
		const nothing = {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: 'never',
						leftValue: '={{ false }}',
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		};
		const workflow = builder.add('Never', 'n8n-nodes-base.filter', 2.2, nothing).build();
		const start = (workflow.connections.Start as { main: IDataObject[][] }).main[0] ?? [];
		const toProse = start.find(({ node }) => node === 'prose') ?? {};
		toProse.node = 'Never';
		builder.wire('Never', 'prose');
		const finished = await run(builder);
		expect(finished.status).toBe('success');
		expect(quorumOf(finished)).toMatchObject({
			attempted: 5,
			succeeded: 4,
			missing: 1,
			missing_names: ['prose'],
		});
	});

	// Broken by a silent success, or a sentence other than the contract's.
	it('stops with the account when too few succeeded', async () => {
		const builder = fiveBranches(
			(specialist) =>
				refine(['cultural', 'narrative'].includes(specialist) ? specialist : 'unknown'),
			merge,
		);
		const finished = await run(builder);
		expect(finished.status).toBe('error');
		expect(finished.data.resultData.error?.message).toBe(
			'Only 2/5 specialists succeeded, need at least 3. Failed: unknown, unknown, unknown',
		);
	});

	// Broken by throwing where the user wants a second output.
	it('hands the account to the second output where the user wants it', async () => {
		const builder = fiveBranches(refine, {
			...merge,
			neededNumber: 6,
			notReached: 'output',
		});
		const finished = await run(builder);
		expect(finished.status).toBe('success');
		expect(itemsOf(finished, 'Quorum', 0)).toEqual([]);
		expect(itemsOf(finished, 'Quorum', 1)[0]?.json.quorum).toMatchObject({
			reached: false,
			needed: 6,
			succeeded: 5,
		});
	});

	// Broken by judging the parts that n8n hands over one after the other as if each were all.
	it('names the wiring when both outputs of a branch lead to one input', async () => {
		const builder = new WorkflowBuilder()
			.quorumMerge('Quorum', { ...merge, numberInputs: 1, neededNumber: 1 })
			.fableForge('Tag', tagParameters, { onError: 'continueErrorOutput' })
			.chain('Start', 'Tag', 'Quorum')
			.wire('Tag', 'Quorum', 1, 0);
		const finished = await run(builder, { text: '하나' }, { text: '' });
		expect(finished.status).toBe('error');
		expect(finished.data.resultData.error?.message).toContain('Several wires lead to input 1');
	});
});

const tagParameters = {
	resource: 'text',
	operation: 'tag',
	text: '={{ $json.text }}',
	language: 'kor',
	options: { retries: 0, includeInput: true },
};

describe("nodes that aren't ours", () => {
	function httpRequest(path: string): IDataObject {
		return {
			method: 'POST',
			url: `${server.url}${path}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody:
				'={{ JSON.stringify({ context: { text: $json.text, language: "kor" }, specialist: "prose" }) }}',
			options: {},
		};
	}

	// Broken by taking n8n's failed item for a vote that counts.
	it.each(['continueRegularOutput'] as const)(
		'counts a failed HTTP Request as failed under %s',
		async (onError) => {
			const builder = new WorkflowBuilder().quorumMerge('Quorum', {
				...merge,
				numberInputs: 3,
				neededNumber: 2,
			});
			['/refine', '/nowhere', '/refine'].forEach((path, index) => {
				builder
					.add(`Call ${index}`, 'n8n-nodes-base.httpRequest', 4.2, httpRequest(path), { onError })
					.wire('Start', `Call ${index}`)
					.wire(`Call ${index}`, 'Quorum', 0, index);
			});
			const finished = await run(builder);
			expect(quorumOf(finished)).toMatchObject({ attempted: 3, succeeded: 2, failed: 1 });
			expect(quorumOf(finished).failed_names).toEqual(['Call 1']);
		},
	);

	// Broken by losing track of a branch whose failures go elsewhere.
	it('counts a branch whose failed item left by the error output as missing', async () => {
		const builder = new WorkflowBuilder().quorumMerge('Quorum', {
			...merge,
			numberInputs: 3,
			neededNumber: 2,
		});
		['/refine', '/nowhere', '/refine'].forEach((path, index) => {
			const settings = { onError: 'continueErrorOutput' as const };
			builder
				.add(`Call ${index}`, 'n8n-nodes-base.httpRequest', 4.2, httpRequest(path), settings)
				.wire('Start', `Call ${index}`)
				.wire(`Call ${index}`, 'Quorum', 0, index);
		});
		const finished = await run(builder);
		expect(quorumOf(finished)).toMatchObject({ attempted: 3, succeeded: 2, missing: 1 });
		expect(quorumOf(finished).missing_names).toEqual(['Call 1']);
	});

	// Broken by not looking at the field that only a success has.
	it('does not count an input item that n8n passed through from a node that threw', async () => {
		const thrower = {
			unit: 'nonsense',
			dateTo: '={{ 1 }}',
			operation: 'addToDate',
			magnitude: 'x',
		};
		const builder = new WorkflowBuilder()
			.quorumMerge('Quorum', {
				...merge,
				numberInputs: 2,
				neededNumber: 1,
				options: { requiredField: 'refined_text' },
			})
			.add('Thrower', 'n8n-nodes-base.dateTime', 2, thrower, { onError: 'continueRegularOutput' })
			.fableForge('prose', refine('prose'))
			.wire('Start', 'Thrower')
			.wire('Start', 'prose')
			.wire('Thrower', 'Quorum', 0, 0)
			.wire('prose', 'Quorum', 0, 1);
		const workflow = builder.build();
		const finished = await executor.run({
			workflow: { ...workflow },
			credentials: { fableforge: { baseUrl: server.url } },
			pinData: inputItems({ text: '안녕하세요' }),
		});
		expect(quorumOf(finished)).toMatchObject({
			succeeded_names: ['prose'],
			failed_names: ['Thrower'],
		});
	});
});

describe('grouping', () => {
	// Broken by an input's own pairedItem, which only says its place in the node before it.
	it('finds the item of an earlier node, even where a branch dropped its first item', async () => {
		const dropFirst = {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: 'not-a',
						leftValue: '={{ $json.id }}',
						rightValue: 'a',
						operator: { type: 'string', operation: 'notEquals' },
					},
				],
				combinator: 'and',
			},
			options: {},
		};
		const builder = new WorkflowBuilder()
			.set('Documents', '$json')
			.set('Left', '({ from: "left", doc: $json.id, refined_text: "x" })')
			.add('Drop First', 'n8n-nodes-base.filter', 2.2, dropFirst)
			.set('Right', '({ from: "right", doc: $json.id, refined_text: "x" })')
			.quorumMerge('Quorum', {
				...merge,
				numberInputs: 2,
				groupBy: 'node',
				groupNode: 'Documents',
				neededNumber: 1,
			})
			.chain('Start', 'Documents', 'Left')
			.chain('Documents', 'Drop First', 'Right')
			.wire('Left', 'Quorum', 0, 0)
			.wire('Right', 'Quorum', 0, 1);
		const finished = await run(builder, { id: 'a' }, { id: 'b' }, { id: 'c' });
		const groups = itemsOf(finished, 'Quorum').map(({ json }) =>
			(json.candidates as IDataObject[]).map(({ doc, from }) => `${doc} ${from}`),
		);
		expect(groups).toEqual([['a left'], ['b left', 'b right'], ['c left', 'c right']]);
	});

	// Broken by judging documents together.
	it('keeps the account of ten documents apart, with 30 % failures', async () => {
		const flaky = await FableForgeServer.start({
			FABLEFORGE_FAILURE_RATE: '0.3',
			FABLEFORGE_SEED: 'ten documents',
		});
		try {
			const builder = new WorkflowBuilder()
				.fableForge('Refine', {
					...refine('prose'),
					specialists: five,
					options: { retries: 0, textId: '={{ $json.id }}' },
				})
				.quorumMerge('Quorum', { ...merge, numberInputs: 1, notReached: 'output' })
				.chain('Start', 'Refine', 'Quorum');
			const documents = Array.from({ length: 10 }, (_, index) => ({
				id: `doc-${index}`,
				text: `문서 ${index}`,
			}));
			const finished = await executor.run({
				workflow: builder.build(),
				credentials: { fableforge: { baseUrl: flaky.url } },
				pinData: inputItems(...documents),
			});
			const lines = await flaky.waitForRequests(50, ({ endpoint }) => endpoint === '/refine');
			const votes = itemsOf(finished, 'Refine').map(({ json }) => json);
			const accounts = [0, 1].flatMap((output) => itemsOf(finished, 'Quorum', output));
			expect(accounts).toHaveLength(10);
			for (const { json } of accounts) {
				const own = votes.filter(({ source }) => source === json.group);
				const quorum = json.quorum as IDataObject;
				expect(own).toHaveLength(5);
				expect(quorum.attempted).toBe(5);
				expect(quorum.succeeded).toBe(own.filter(({ status }) => status === 'success').length);
				expect(quorum.failed).toBe(5 - Number(quorum.succeeded));
				expect(quorum.reached).toBe(Number(quorum.succeeded) >= 3);
			}
			const failures = votes.filter(({ status }) => status === 'failed').length;
			expect(failures).toBe(lines.filter(({ status }) => status === 500).length);
			expect(failures).toBeGreaterThan(0);
		} finally {
			await flaky.stop();
		}
	});
});
