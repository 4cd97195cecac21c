import type { IDataObject } from 'n8n-workflow';
import type { RequestLine } from '../../contract/support/fableforgeServer';
import { WorkflowBuilder } from '../support/building';
import { itemsOf, type WorkflowJson } from '../support/workflows';
import { until, type World } from './world';

const five = ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'];

function refineWorkflow(id: string, credential: string, options: IDataObject): WorkflowJson {
	const parameters = {
		resource: 'text',
		operation: 'refine',
		text: '안녕하세요',
		language: 'kor',
		specialists: five,
		options,
	};
	const credentials = { fableForgeApi: { id: credential, name: credential } };
	const builder = new WorkflowBuilder()
		.fableForge('Refine', parameters, { credentials })
		.chain('Start', 'Refine');
	return { ...builder.build(), id, name: id };
}

/** A document whose OCR takes minutes, and two that are read at once, with two calls at a time. */
function ocrWorkflow({ files }: World): WorkflowJson {
	const items = [
		{ path: files.long, force: true },
		{ path: files.letter, force: false },
		{ path: files.guide, force: false },
	];
	const builder = new WorkflowBuilder()
		.add('Items', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ items }),
			options: {},
		})
		.add('Source', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} })
		.add('Read', 'n8n-nodes-base.readWriteFile', 1, {
			fileSelector: '={{ $json.path }}',
			options: {},
		})
		.artificer('OCR', {
			resource: 'pdf',
			operation: 'processPdf',
			forceOcr: '={{ $("Source").item.json.force }}',
			options: { atOnce: 2, retries: 0 },
		})
		.chain('Start', 'Items', 'Source', 'Read', 'OCR');
	return { ...builder.build(), id: 'ocr', name: 'OCR' };
}

/** What the servers see of a fan-out, of its quorum, and of the Stop button. */
export function describeCallsInFlight(world: () => World): void {
	const isAborted = ({ aborted }: RequestLine) => aborted;

	// Broken by awaiting one specialist after the other.
	it('all five specialists are in flight together', async () => {
		const { n8n, fableForge } = world();
		const id = await n8n.importWorkflow(refineWorkflow('together', 'fableforge', {}));
		const run = await n8n.run(id, 'Start');
		expect(run.status).toBe('success');
		expect(itemsOf(run, 'Refine').map(({ json }) => json.specialist)).toEqual(five);
		const lines = await fableForge.waitForRequests(5);
		expect(Math.max(...lines.map(({ in_flight }) => in_flight))).toBe(5);
	});

	// Broken by waiting for all, or by late requests that go on for nobody.
	it('late specialists are aborted on the wire when the quorum is reached', async () => {
		const { n8n, late } = world();
		const seen = late.requests.filter(isAborted).length;
		const id = await n8n.importWorkflow(refineWorkflow('quorum', 'late', { stopAtQuorum: 3 }));
		const run = await n8n.run(id, 'Start');
		expect(run.status).toBe('success');
		const votes = itemsOf(run, 'Refine').map(({ json }) => json.status);
		expect(votes).toEqual(['cancelled', 'success', 'success', 'cancelled', 'success']);
		const aborted = (await late.waitForRequests(seen + 2, isAborted)).slice(seen);
		expect(aborted.map(({ specialist }) => specialist).sort()).toEqual(['cultural', 'narrative']);
	});

	// Broken by a Stop that only changes what the editor shows.
	it("n8n's Stop aborts the requests to FableForge", async () => {
		const { n8n, late } = world();
		const answered = late.requests.length;
		const seen = late.requests.filter(isAborted).length;
		const id = await n8n.importWorkflow(refineWorkflow('stopped', 'late', {}));
		const execution = await n8n.begin(id, 'Start');
		await late.waitForRequests(answered + 3);
		await n8n.stop(execution);
		await late.waitForRequests(seen + 2, isAborted);
		expect((await n8n.ended(execution)).status).toBe('canceled');
	});

	// Broken by a signal that isn't handed to the call: the server would read page after page.
	it("n8n's Stop cancels the call to Artificer", async () => {
		const { n8n, artificer } = world();
		const said = (status: string) =>
			artificer.stderr().split(`ProcessPDF","status":"${status}"`).length - 1;
		const [done, cancelled] = [said('OK'), said('CANCELLED')];
		const id = await n8n.importWorkflow(ocrWorkflow(world()));
		const execution = await n8n.begin(id, 'Start');
		await until(() => said('OK') === done + 2);
		await n8n.stop(execution);
		await until(() => said('CANCELLED') === cancelled + 1);
		expect((await n8n.ended(execution)).status).toBe('canceled');
		expect(said('OK')).toBe(done + 2);
	});
}
