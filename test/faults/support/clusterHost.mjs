// @ts-check
import { publishBatchTemplates } from '../../../sandbox/cluster/batch-templates.mjs';
import { temporaryCluster } from '../../../sandbox/cluster/temporary-cluster.mjs';
import { ensureCredentials, servicesOf } from '../../../sandbox/lib/credentials.mjs';
import { readLedger } from '../../../sandbox/lib/ledger.mjs';
import { endAll } from '../../../sandbox/lib/processes.mjs';
import { serve } from '../../executor/support/ipc.mjs';

/** @type {import('../../../sandbox/cluster/temporary-cluster.mjs').TemporaryCluster | undefined} */
let opened;
/** @type {string[]} */
const said = [];

function running() {
	if (!opened) throw new Error('There is no cluster: open one first.');
	return opened;
}

serve(
	{
		/** @param {{ size: any, n8nSettings: any, fableForgeSettings: any, wishes: any }} given */
		async open({ wishes, ...options }) {
			opened = await temporaryCluster({ ...options, say: (line) => said.push(line) });
			const { cluster, folder } = opened;
			const { address, webhooks, fableForge } = cluster;
			const batches = await publishBatchTemplates(cluster, wishes);
			return { ...batches, address, webhooks, fableForge, folder };
		},
		/** @param {string} url */
		async useFableForge(url) {
			const { cluster, folder } = running();
			const { artificer, api } = cluster;
			const services = servicesOf({ artificer, fableForge: url, env: {} });
			const remarks = await ensureCredentials(api, await readLedger(folder), services);
			if (remarks.length > 0) throw new Error(remarks.join(' '));
		},
		/** @param {string} name @param {NodeJS.Signals} signal */
		strike: async (name, signal) => await running().cluster.member(name).strike(signal),
		/** @param {string} name */
		stop: async (name) => await running().cluster.member(name).stop(),
		/** @param {string} name */
		start: async (name) => await running().cluster.member(name).start(),
		/** @param {string} name */
		starts: async (name) => running().cluster.member(name).starts,
		/** Waits until all of the cluster do their work. */
		async ready() {
			await Promise.all(running().cluster.members.map(async (member) => member.ready()));
		},
		/** @param {string} text @param {unknown[]} values */
		query: async (text, values) => await running().cluster.postgres.query(text, values),
		/** The ids of the processes of the cluster. */
		pids: async () => running().cluster.members.map(({ pid }) => pid),
		/** What the cluster has said of what ended. */
		said: async () => said,
	},
	async () => {
		await opened?.close();
		await endAll();
	},
);
