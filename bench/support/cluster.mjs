// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import { temporaryCluster } from '../../sandbox/cluster/temporary-cluster.mjs';

/** @typedef {import('../../sandbox/cluster/temporary-cluster.mjs').TemporaryCluster} TemporaryCluster */

/** The system counts processor time in hundredths of a second (sysconf(_SC_CLK_TCK) on Linux). */
const ticksPerSecond = 100;
const pageBytes = 4096;

/**
 * Has a cluster for as long as some work takes.
 *
 * @template T
 * @param {Parameters<typeof temporaryCluster>[0]} options
 * @param {(opened: TemporaryCluster) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withCluster(options, use) {
	const opened = await temporaryCluster({ say: (line) => console.log(`  ${line}`), ...options });
	try {
		return await use(opened);
	} finally {
		await opened.close();
	}
}

/**
 * What each process of a cluster has used: processor time since its start, and memory now, with all
 * that it has started.
 *
 * @param {import('../../sandbox/cluster/start-cluster.mjs').Cluster} cluster
 * @returns {Promise<Map<string, { seconds: number, megabytes: number }>>} by the member's name
 */
export async function usage({ members }) {
	const processes = await allProcesses();
	return new Map(
		members.map(({ name, pid }) => {
			const own = processes.filter(
				(one) => one.pid === pid || one.group === pid || one.parent === pid,
			);
			return [
				name,
				{
					seconds: own.reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond,
					megabytes: own.reduce((sum, { pages }) => sum + pages * pageBytes, 0) / 1e6,
				},
			];
		}),
	);
}

/** All processes of this machine, from Linux's own account. */
async function allProcesses() {
	const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const found = await Promise.all(
		ids.map(async (id) => {
			// One that has ended meanwhile is none.
			const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			const at = (/** @type {number} */ field) => Number(fields[field - 3]);
			// Fields of proc(5): parent, group, user and system time with that of ended children, pages.
			const ticks = at(14) + at(15) + at(16) + at(17);
			return stat ? { pid: Number(id), parent: at(4), group: at(5), ticks, pages: at(24) } : [];
		}),
	);
	return found.flat();
}
