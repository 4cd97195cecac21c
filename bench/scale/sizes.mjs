// @ts-check

/** @typedef {import('../../sandbox/cluster/start-cluster.mjs').Cluster} Cluster */

/**
 * Has exactly so many of a cluster's workers run.
 *
 * @param {Cluster} cluster
 * @param {number} wanted
 */
export async function useWorkers({ members }, wanted) {
	const workers = members.filter(({ name }) => name.startsWith('worker'));
	await Promise.all(
		workers.map(async (worker, place) => {
			if (place >= wanted) await worker.stop();
			else if (!worker.running) await worker.start();
		}),
	);
}

/**
 * Has n8n spread its calls over so many of a cluster's Artificer servers.
 *
 * @param {Cluster} cluster
 * @param {number} wanted
 */
export async function useArtificers({ api, artificer }, wanted) {
	/** @type {{ id: string, name: string, type: string }[]} */
	const known = await api.request('GET', '/rest/credentials');
	const found = known.find(({ type }) => type === 'artificerApi');
	if (!found) throw new Error('The cluster has no credential for its Artificer servers');
	const { id, name, type } = found;
	const { data } = await api.request('GET', `/rest/credentials/${id}?includeData=true`);
	const address = artificer.split(',').slice(0, wanted).join(',');
	await api.request('PATCH', `/rest/credentials/${id}`, { name, type, data: { ...data, address } });
}
