// @ts-check
import { endAll } from '../../../sandbox/lib/processes.mjs';
import { serve } from './ipc.mjs';
import { importAll, printedRun, runCommand, temporaryN8n } from './temporaryN8n.mjs';

/** @type {import('./temporaryN8n.mjs').TemporaryN8n | undefined} */
let n8n;

serve(
	{
		/** @param {{ credentials: object[], workflows: object[], settings: Record<string, string> }} given */
		async open({ credentials, workflows, settings }) {
			n8n = await temporaryN8n(settings);
			await importAll(n8n, 'credentials', credentials);
			await importAll(n8n, 'workflow', workflows);
			return { filesFolder: n8n.filesFolder };
		},
		/** @param {string} id */
		async execute(id) {
			if (!n8n) throw new Error('There is no n8n: open one first.');
			const { code, signal, output, log } = await runCommand(n8n, [
				'execute',
				`--id=${id}`,
				'--rawOutput',
			]);
			const run = printedRun(output) ?? printedRun(log);
			if (!run)
				throw new Error(`n8n execute ended with ${code} and printed no run:\n${output}\n${log}`);
			return { code, signal, run };
		},
	},
	async () => {
		await endAll();
		await n8n?.remove();
	},
);
