import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startArtificerServer, type ArtificerServer } from '../contract/support/artificerServer';
import { FableForgeServer } from '../contract/support/fableforgeServer';
import { HeadlessN8n } from './support/headlessN8n';
import { N8nServer } from './support/n8nServer';
import {
	itemsOf,
	type FinishedRun,
	type PlainCredential,
	type WorkflowJson,
} from './support/workflows';

const root = path.resolve(__dirname, '../..');
const samples = path.join(root, 'sandbox', 'samples');
const credentialOf: Record<string, string> = {
	'n8n-nodes-artificer.artificer': 'artificerApi',
	'n8n-nodes-artificer.fableForge': 'fableForgeApi',
};

/** A shipped template, its nodes with the credentials that a user would choose in the editor. */
function template(id: string): WorkflowJson {
	const file = path.join(root, 'workflows-templates', `${id}.json`);
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
	for (const node of workflow.nodes) {
		const type = credentialOf[node.type];
		if (type) node.credentials = { [type]: { id: type, name: type } };
	}
	return workflow;
}

/** The first item of the last node that gave one with this field. */
function resultWith(run: FinishedRun, field: string) {
	const nodes = Object.keys(run.data.resultData.runData).reverse();
	return nodes.flatMap((node) => itemsOf(run, node)).find(({ json }) => field in json)?.json;
}

const bare = (text: string) => text.replace(/<[^>]+>|\s/g, '');

describe('the shipped templates in the real n8n', () => {
	let artificer: ArtificerServer;
	let fableForge: FableForgeServer;
	let credentials: PlainCredential[];

	beforeAll(async () => {
		artificer = await startArtificerServer();
		fableForge = await FableForgeServer.start({ FABLEFORGE_FAILURE_RATE: '0' });
		credentials = [
			{
				id: 'artificerApi',
				name: 'artificerApi',
				type: 'artificerApi',
				data: { address: artificer.address, authentication: 'none' },
			},
			{
				id: 'fableForgeApi',
				name: 'fableForgeApi',
				type: 'fableForgeApi',
				data: { baseUrl: fableForge.url, authentication: 'none' },
			},
		];
	});

	afterAll(async () => {
		await artificer?.stop();
		await fableForge?.stop();
	});

	it('turn an uploaded PDF into HTML in its order; broken by lost or damaged text', async () => {
		const n8n = await N8nServer.open({ credentials, workflows: [template('pdf-to-html')] });
		try {
			const trigger = template('pdf-to-html').nodes.find(({ type }) =>
				type.endsWith('.formTrigger'),
			);
			const run = await n8n.runByForm('pdf-to-html', trigger?.name ?? '', {
				name: 'guide.pdf',
				type: 'application/pdf',
				content: readFileSync(path.join(samples, 'guide.pdf')),
			});
			expect(run.status).toBe('success');
			const result = resultWith(run, 'processing_stats');
			expect(result?.metadata).toMatchObject({ source: 'pdf', pages: 3 });
			const shown = bare(String(result?.html));
			const texts = readFileSync(path.join(samples, 'guide.txt'), 'utf8').trim().split('\n');
			const places = texts.map((text) => shown.indexOf(bare(text)));
			expect(places).not.toContain(-1);
			expect(places).toEqual([...places].sort((a, b) => a - b));
		} finally {
			await n8n.close();
		}
	});

	it('translate a text with five specialists; broken by an account that does not add up', async () => {
		const n8n = await HeadlessN8n.open({
			credentials,
			workflows: [template('translation-pipeline')],
		});
		try {
			const { run } = await n8n.execute('translation-pipeline');
			expect(run.status).toBe('success');
			const result = resultWith(run, 'final_translation');
			expect(result?.metadata).toMatchObject({
				language: 'kor',
				specialists_attempted: 5,
				specialists_succeeded: 5,
				specialists_failed: 0,
				selection_strategy: 'ensemble',
			});
			expect(result?.all_candidates).toHaveLength(5);
		} finally {
			await n8n.close();
		}
	});
});
