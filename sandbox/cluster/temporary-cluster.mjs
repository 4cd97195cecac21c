// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packedPackage } from '../lib/build.mjs';
import { demandPrograms } from './programs.mjs';
import { startCluster } from './start-cluster.mjs';

/**
 * @typedef {object} TemporaryCluster a cluster for a test or a measurement
 * @property {import('./start-cluster.mjs').Cluster} cluster
 * @property {string} folder that goes with it
 * @property {Record<string, string>} versions of the system's programs in it
 * @property {() => Promise<void>} close ends it, and leaves nothing of it
 */

/**
 * A cluster in a folder of its own on ports of its own, which says little.
 *
 * @param {object} options
 * @param {import('./options.mjs').ClusterSize} options.size
 * @param {Record<string, string>} [options.n8nSettings]
 * @param {Record<string, string>} [options.fableForgeSettings]
 * @param {(line: string) => void} [options.say] told when something of it ends, and when it is back
 * @returns {Promise<TemporaryCluster>}
 */
export async function temporaryCluster({ say = () => undefined, ...options }) {
	const programs = await demandPrograms();
	const folder = await mkdtemp(path.join(os.tmpdir(), 'n8n-cluster-'));
	const remove = async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	try {
		const cluster = await startCluster({
			...options,
			folder,
			programs,
			packed: await packedPackage(),
			steps: { run: async (_, work) => await work(() => undefined), say },
		});
		const close = async () => {
			await cluster.stop();
			await remove();
		};
		return { cluster, folder, versions: programs.versions, close };
	} catch (error) {
		await remove();
		throw error;
	}
}
