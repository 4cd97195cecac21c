import type { INodeExecutionData } from 'n8n-workflow';
import { operations } from '../../../nodes/Artificer/operations';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { WorkflowBuilder } from '../support/building';
import { QuickExecutor, type QuickRun } from '../support/quickExecutor';
import { itemsOf, type WorkflowNode } from '../support/workflows';
import { operationCases, type Given, type OperationCase } from './cases';

let executor: QuickExecutor;
let server: ArtificerServer;

beforeAll(async () => {
	executor = await QuickExecutor.start();
	server = await startArtificerServer();
});

afterAll(async () => {
	await executor.close();
	await server.stop();
});

function item({ json = {}, file }: Given): INodeExecutionData {
	if (!file) return { json };
	const data = file.content.toString('base64');
	return { json, binary: { data: { data, fileName: file.name, mimeType: file.mimeType } } };
}

async function run(
	{ resource, operation, parameters }: OperationCase,
	given: Given[],
	onError: WorkflowNode['onError'],
	options = {},
): Promise<QuickRun> {
	const all = { resource, operation, ...parameters, options: { retries: 0, ...options } };
	const builder = new WorkflowBuilder()
		.artificer('Node', all, { onError })
		.set('After', '{ back: $("Start").item.json, ...$json }')
		.chain('Start', 'Node', 'After');
	return await executor.run({
		workflow: builder.build(),
		credentials: { artificer: { address: server.address } },
		pinData: { Start: given.map(item) },
		storeFiles: true,
	});
}

const named = operationCases.map((one) => [`${one.resource} ${one.operation}`, one] as const);
const withBad = named.filter(([, { bad }]) => bad);

describe('every operation', () => {
	// Broken by an operation that nobody tried.
	it('has a case', () => {
		const names = operations.map(({ resource, name }) => `${resource} ${name}`);
		expect(named.map(([name]) => name).sort()).toEqual(names.sort());
	});

	// Broken by a request that the server can't read, or an answer that isn't handed on.
	it.each(named)('%s gives its result, paired with its item', async (_, one) => {
		const finished = await run(one, [one.good], 'stopWorkflow');
		expect(finished.data.resultData.error?.message).toBeUndefined();
		const [first] = itemsOf(finished, 'Node');
		expect(first?.json).toHaveProperty(one.expected);
		expect(first?.pairedItem).toEqual({ item: 0 });
		expect(itemsOf(finished, 'After')[0]?.json.back).toEqual(one.good.json ?? {});
	});

	// Broken by a failure that doesn't name its item, or by going on all the same.
	it.each(withBad)('%s stops at a bad item and names it', async (_, one) => {
		const finished = await run(one, [one.good, one.bad ?? {}], 'stopWorkflow');
		expect(finished.status).toBe('error');
		const failure = finished.data.resultData.error as { message: string; context?: unknown };
		expect(failure.context).toMatchObject({ itemIndex: 1 });
		if (one.bad?.file) expect(failure.message).toContain(one.bad.file.name);
	});

	// Broken by throwing (n8n would pass the input on), or by losing the good item.
	it.each(withBad)('%s puts a failed item in its place under Continue', async (_, one) => {
		const finished = await run(one, [one.bad ?? {}, one.good], 'continueRegularOutput');
		expect(finished.status).toBe('success');
		const [failed, ...good] = itemsOf(finished, 'Node');
		expect(Object.keys(failed?.json ?? {}).sort()).toEqual(['details', 'error', 'message']);
		expect(failed?.json.details).toMatchObject({ itemIndex: 0 });
		expect(failed?.pairedItem).toEqual({ item: 0 });
		expect(good[0]?.json).toHaveProperty(one.expected);
		expect(good[0]?.pairedItem).toEqual({ item: 1 });
	});

	// Broken by a failed item with other keys, which n8n would take for a success.
	it.each(withBad)('%s sends a failed item to the error output', async (_, one) => {
		const given = [one.good, one.bad ?? {}, one.good];
		const finished = await run(one, given, 'continueErrorOutput', { includeInput: true });
		const good = itemsOf(finished, 'Node', 0);
		const failed = itemsOf(finished, 'Node', 1);
		expect(good.every(({ json }) => one.expected in json)).toBe(true);
		expect(new Set(good.map(({ pairedItem }) => JSON.stringify(pairedItem))).size).toBe(2);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json).toMatchObject({ details: { itemIndex: 1 } });
		expect(typeof failed[0]?.json.error).toBe('string');
	});
});
