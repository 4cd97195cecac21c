// @ts-check
import { openClient } from '../support/grpc.mjs';
import { withServer } from '../support/servers.mjs';

/**
 * @typedef {object} Servers a server with one worker and one with two; who isn't called is idle
 * @property {import('@grpc/grpc-js').Client} one
 * @property {import('@grpc/grpc-js').Client} two
 * @property {number} pid of the one with two workers
 */

/**
 * @typedef {Pick<import('../support/findings.mjs').Findings, 'tables' | 'goals'>} Part of the
 * bench's findings
 */

/** How the contestants are named in all tables. */
export const bare = 'engine, bare';
export const oneWorker = 'server, 1 worker';
export const twoWorkers = 'server, 2 workers';

/**
 * Runs a part of the bench with servers that it alone has used.
 *
 * @param {(servers: Servers) => Promise<Part>} part
 * @returns {Promise<Part>}
 */
export async function withServers(part) {
	return await withServer('artificer', { GRPC_MAX_WORKERS: '1' }, async (first) =>
		withServer('artificer', { GRPC_MAX_WORKERS: '2' }, async (second, pid) => {
			const [one, two] = [openClient(first), openClient(second)];
			try {
				return await part({ one, two, pid });
			} finally {
				one.close();
				two.close();
			}
		}),
	);
}
