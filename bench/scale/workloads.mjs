// @ts-check
import { withCredentials } from '../../sandbox/lib/templates.mjs';

/** @typedef {import('../../sandbox/cluster/start-cluster.mjs').Cluster} Cluster */

/**
 * A workflow of a webhook and one node, that answers when the node is done.
 *
 * @param {string} id which is the webhook's path, too
 * @param {{ type: string, typeVersion: number, parameters: Record<string, unknown> }[]} steps
 */
function workflow(id, steps) {
	const nodes = [
		{
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			parameters: { httpMethod: 'POST', path: id, responseMode: 'lastNode', options: {} },
			webhookId: id,
		},
		...steps,
	].map((step, place) => ({
		id: `${id}-${place}`,
		name: `Step ${place}`,
		position: [200 * place, 0],
		...step,
	}));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, place) => [
				`Step ${place}`,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	return { id, name: id, nodes, connections, settings: { executionOrder: 'v1' } };
}

/**
 * Work that waits: calls to specialists, one after the other, who take 1 s each.
 *
 * @param {string} id
 * @param {string[]} specialists
 */
function asking(id, specialists) {
	const options = { cacheMinutes: 0, atOnce: 1 };
	const text = '={{ "문서 " + $json.body.number }}';
	const parameters = {
		resource: 'text',
		operation: 'refine',
		text,
		language: 'kor',
		specialists,
		options,
	};
	return workflow(id, [{ type: 'n8n-nodes-artificer.fableForge', typeVersion: 1, parameters }]);
}

/** One call of 1 s: what n8n itself does for a run is a good part of the work. */
export const waiting = asking('bench-waiting', ['prose']);

/** Five calls of 1 s: waiting is nearly all of the work. */
export const waitingLonger = asking('bench-waiting-longer', [
	'cultural',
	'dialogue',
	'fluency',
	'narrative',
	'prose',
]);

/** How many texts a run of `computing` digests: some tenths of a second. */
export const digests = 2_000;

/** Work that computes in the worker: digests, by n8n's expressions. */
export const computing = workflow('bench-computing', [
	{
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: `={{ { digest: Array.from({ length: ${digests} }, (_, place) => ($json.body.number + ' ' + place).repeat(20).hash('sha512')).join('').hash('sha512') } }}`,
			options: {},
		},
	},
]);

/** Work that computes in the Artificer servers: Markdown of 40 kB to a document. */
export const converting = workflow('bench-converting', [
	{
		type: 'n8n-nodes-artificer.artificer',
		typeVersion: 1,
		parameters: {
			resource: 'document',
			operation: 'importMarkdown',
			markdown:
				'={{ `# ${$json.body.number}\\n\\nA **paragraph** with [a link](https://example.com) and \\`code\\`.\\n\\n- one\\n- two\\n\\n`.repeat(400) }}',
			options: { cacheMinutes: 0 },
		},
	},
	{
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput: '={{ { blocks: $json.document.length } }}',
			options: {},
		},
	},
]);

/**
 * Puts workloads into a cluster's n8n and makes their webhooks live.
 *
 * @param {Cluster} cluster
 * @param {ReturnType<typeof workflow>[]} workloads
 */
export async function publish({ api }, workloads) {
	const known = await api.request('GET', '/rest/credentials');
	const credentials = Object.fromEntries(
		known.map((/** @type {{ id: string, name: string, type: string }} */ { id, name, type }) => [
			type,
			{ id, name },
		]),
	);
	for (const workload of workloads) {
		await api.request('POST', '/rest/workflows', withCredentials(workload, credentials));
		await api.publish(workload.id);
	}
}

/**
 * Sends so many requests at once, and waits until all are answered.
 *
 * @param {Cluster} cluster
 * @param {ReturnType<typeof workflow>} workload
 * @param {number} many
 */
export async function sendAll({ webhooks }, { id }, many) {
	const requests = Array.from({ length: many }, async (_, number) => {
		const response = await fetch(`${webhooks}/webhook/${id}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ number }),
		});
		const text = await response.text();
		if (response.status !== 200) throw new Error(`${id} was answered ${response.status}: ${text}`);
	});
	await Promise.all(requests);
}
