// @ts-check
import path from 'node:path';
import { checkout, sandboxFolder } from '../../sandbox/lib/checkout.mjs';
import { endOnSignals } from '../../sandbox/lib/interruption.mjs';
import { installN8n, pinnedVersion } from '../../sandbox/lib/n8n-install.mjs';
import { freePort, loopback } from '../../sandbox/lib/ports.mjs';
import { endAll } from '../../sandbox/lib/processes.mjs';
import { runMain } from '../../sandbox/lib/run-main.mjs';
import {
	artificerAnswers,
	healthAnswers,
	ready,
	startArtificer,
	startFableForge,
} from '../../sandbox/lib/services.mjs';
import { Steps } from '../../sandbox/lib/steps.mjs';
import { setUp } from '../../sandbox/set-up.mjs';
import { attempt } from './attempt.mjs';
import { writeTable } from './table.mjs';

// `npm run versions`: the package in the n8n that sandbox and tests run, and in the newest n8n 1.x
// that can be installed, each on a Node that it supports; both main templates run in each. Writes
// the table in the README.

const pins = [path.join(checkout, 'sandbox', 'n8n'), path.join(import.meta.dirname, 'n8n-1')];

endOnSignals();
await runMain(async () => {
	const steps = new Steps();
	await setUp({ n8n: true, steps });
	try {
		const services = await startServices(steps);
		/** @type {import('./attempt.mjs').Attempt[]} */
		const attempts = [];
		for (const pin of pins) {
			const version = await pinnedVersion(pin);
			await steps.run(`n8n ${version}`, (report) => installN8n(process.env, report, pin));
			attempts.push(await attempt({ version, pin, services, steps }));
		}
		await writeTable(attempts);
		steps.say('\nThe table is in README.md.');
		return attempts.every(({ results }) => results.every(({ wrong }) => !wrong)) ? 0 : 1;
	} finally {
		await endAll();
	}
});

/** @param {Steps} steps */
async function startServices(steps) {
	const [artificerPort, fableForgePort] = [await freePort(), await freePort()];
	const artificer = `${loopback}:${artificerPort}`;
	const fableForge = `http://${loopback}:${fableForgePort}`;
	await steps.run('Both servers', async () => {
		const [first, second] = [
			await startArtificer({ port: artificerPort }),
			await startFableForge({ port: fableForgePort }),
		];
		await ready(first, () => artificerAnswers(artificer));
		await ready(second, () => healthAnswers(fableForge));
		return { note: `their logs are in ${path.join(sandboxFolder, 'logs')}` };
	});
	return { artificer, fableForge };
}
