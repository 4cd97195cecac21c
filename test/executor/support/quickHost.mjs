// @ts-check
import { serve } from './ipc.mjs';
import { loadCore } from './quickCore.mjs';
import { startRun } from './quickRun.mjs';

const core = await loadCore();
/** @type {Map<number, { result: Promise<object>, cancel: () => void }>} */
const runs = new Map();
let lastRun = 0;

serve(
	{
		/** @param {import('./quickRun.mjs').QuickCase} given */
		async start(given) {
			lastRun += 1;
			runs.set(lastRun, await startRun(core, given));
			return lastRun;
		},
		/** @param {number} run */
		async cancel(run) {
			runs.get(run)?.cancel();
		},
		/** @param {number} run */
		async result(run) {
			try {
				return await runs.get(run)?.result;
			} finally {
				runs.delete(run);
			}
		},
		/** @param {string} id of a file in a run's output */
		async file(id) {
			return await core.binaryData.getAsBuffer({ id, data: '', mimeType: '' });
		},
	},
	core.close,
);
