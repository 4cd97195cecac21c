// @ts-check
import path from 'node:path';
import { endOnSignals } from '../sandbox/lib/interruption.mjs';
import { runMain } from '../sandbox/lib/run-main.mjs';
import { Steps } from '../sandbox/lib/steps.mjs';
import { setUp } from '../sandbox/set-up.mjs';
import { packAll } from './tarballs.mjs';

// `npm run pack`: what would be published, as tarballs in deploy/packages, for the images.

const folder = path.join(import.meta.dirname, 'packages');

endOnSignals();
await runMain(async () => {
	const steps = new Steps();
	await setUp({ n8n: false, steps });
	await steps.run('Tarballs', async () => ({
		note: `${(await packAll(folder)).join(', ')} in ${folder}`,
	}));
	return 0;
});
