import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { settings, token } from './files';
import { jsonOf, succeeded, type Live } from './live';

/** What «What Was Done» says. */
interface Done {
	run_again: Array<{ workflow: string; outcome: string }>;
	started_again: Array<{ workflow: string; outcome: string }>;
	given_up: Array<{ workflow: string; reason: string }>;
	so_far: number;
	text: string;
}

/** n8n is killed while it works, and its workflow for that finds what was cut off. */
export function recoveryCases(live: () => Live) {
	const headers = { 'content-type': 'application/json', ...token };
	const address = (path: string) => `${live().n8n.address}/webhook/${path}`;

	/** The recovery as a user sets it up, to be run by hand. */
	const recovery = async (restart: object) => {
		const apiKey = await live().apiKey(['execution:list', 'execution:read', 'execution:retry']);
		return await live().import('recover-crashed-runs', {
			credentials: { n8nApi: apiKey },
			parameters: settings('recover-crashed-runs', { n8n_url: live().n8n.address, restart }),
		});
	};
	const recover = async (workflow: string): Promise<Done | undefined> => {
		const run = succeeded(await live().n8n.run(workflow, 'Run by Hand'));
		return jsonOf(run, 'What Was Done')[0] as Done | undefined;
	};

	it('recover-crashed-runs: a batch that was cut off by the end of n8n is done to its last document, once; broken by a part that is not run again, or twice', async () => {
		const slow = await FableForgeServer.start({ FABLEFORGE_DELAY_MS: '700' });
		const credential = await live().credential('fableForgeApi', {
			baseUrl: slow.url,
			authentication: 'none',
		});
		const batch = await live().activate('distributed-batch', {
			credentials: { fableForgeApi: credential },
			parameters: settings('distributed-batch', { n8n_url: live().n8n.address, part_size: 1 }),
		});
		try {
			const documents = ['a', 'b', 'c'].map((document_id) => ({
				document_id,
				text: '안녕하세요.',
			}));
			await fetch(address('distributed-batch'), {
				method: 'POST',
				headers,
				body: JSON.stringify({ batch_id: 'cut off', documents }),
			});
			const [own] = (await live().n8n.executionsOf(batch)).reverse();
			await live().n8n.ended(own ?? '');
			// Its three parts are in the middle of their work.
			await live().running(batch, 3);
			await live().n8n.crash();
			const account = async () => {
				const response = await fetch(`${address('distributed-batch')}?batch_id=cut%20off`, {
					headers,
				});
				return (await response.json()) as Record<string, unknown>;
			};
			expect(await account()).toMatchObject({ documents: 3, done: 0, missing: 3, finished: false });

			const workflow = await recovery({});
			const done = await recover(workflow);
			expect(done?.run_again.map(({ outcome }) => outcome)).toEqual([
				'success',
				'success',
				'success',
			]);
			expect(done?.given_up).toEqual([]);
			expect(done?.text).toMatch(/^Cut off: 3\. Run again: 3, of which 3 well\./);
			expect(await account()).toMatchObject({ documents: 3, done: 3, missing: 0, finished: true });
			expect(await recover(workflow)).toBeUndefined();
		} finally {
			await live().deactivate(batch);
			await slow.stop();
		}
	});

	it('recover-crashed-runs: gives up what is cut off twice; broken by a third try', async () => {
		const seconds = { resume: 'timeInterval', amount: 60, unit: 'seconds' };
		const node = (
			name: string,
			type: string,
			typeVersion: number,
			parameters: object,
			place: number,
		) => ({
			id: `crashing-${place}`,
			name,
			type: `n8n-nodes-base.${type}`,
			typeVersion,
			position: [place * 200, 0] as [number, number],
			webhookId: `crashing-${place}`,
			parameters: { ...parameters },
		});
		const crashing = await live().n8n.importWorkflow({
			id: 'crashing',
			name: 'Crashing',
			nodes: [
				node('Webhook', 'webhook', 2, { path: 'crashing', options: {} }, 0),
				node('Wait', 'wait', 1.1, seconds, 1),
			],
			connections: { Webhook: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await live().n8n.activate(crashing);
		await fetch(address('crashing'));
		await live().running(crashing, 1);
		await live().n8n.crash();
		const workflow = await recovery({});
		await live().n8n.begin(workflow, 'Run by Hand');
		// The second try waits, too, and is cut off together with the recovery that waits for it.
		await live().running(crashing, 1);
		await live().n8n.crash();
		const done = await recover(workflow);
		expect(done?.run_again).toEqual([]);
		expect(done?.given_up).toEqual([
			expect.objectContaining({ workflow: 'Crashing', reason: expect.stringContaining('again') }),
		]);
		expect(await live().n8n.executionsOf(crashing)).toHaveLength(2);
		await live().deactivate(crashing);
	});
}
