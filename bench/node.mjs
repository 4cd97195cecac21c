// @ts-check
import { loadCore } from '../test/executor/support/quickCore.mjs';
import { channels } from './node/channels.mjs';
import { extraction } from './node/extraction.mjs';
import { largeFiles } from './node/largeFiles.mjs';
import { smallCalls } from './node/smallCalls.mjs';
import { withServer } from './support/servers.mjs';

/**
 * What the Artificer node costs and gains: against a bare gRPC client, against n8n's own node that
 * reads PDFs, and in memory.
 *
 * @returns {Promise<import('./support/findings.mjs').Findings>}
 */
export async function bench() {
	const core = await loadCore();
	try {
		const parts = [];
		// The memory comes first: what the others leave behind would count as there from the start.
		for (const part of [largeFiles, smallCalls, extraction, channels]) {
			parts.push(
				await withServer('artificer', {}, async (address, pid) => part({ core, address, pid })),
			);
		}
		return {
			title: 'The Artificer node in n8n',
			intro:
				"The node in n8n's own executor, with a local Artificer server: beside a bare gRPC client at the same concurrency, beside n8n's own Extract From File, and in memory. All contestants of a table ran in turn, after a round that only warmed them up.",
			tables: parts.flatMap(({ tables }) => tables),
			goals: parts.flatMap(({ goals }) => goals),
		};
	} finally {
		await core.close();
	}
}
