// @ts-check
import { fileURLToPath } from 'node:url';
import { buildAndPack, packedPackage } from './lib/build.mjs';
import { checkout } from './lib/checkout.mjs';
import { endOnSignals } from './lib/interruption.mjs';
import { installN8n, pinnedVersion } from './lib/n8n-install.mjs';
import { installedPackage } from './lib/package-install.mjs';
import { demandPlatform } from './lib/platform.mjs';
import { installRootDependencies } from './lib/root-install.mjs';
import { runMain } from './lib/run-main.mjs';
import { Steps } from './lib/steps.mjs';

/**
 * Brings a fresh clone to where its tests and its sandbox can run. Each step does nothing when
 * nothing that it depends on has changed.
 *
 * @param {object} options
 * @param {boolean} options.n8n whether to install the pinned n8n too, and the packed package as n8n does
 * @param {Steps} options.steps
 * @returns {Promise<void>}
 */
export async function setUp({ n8n, steps }) {
	demandPlatform();
	await steps.run('Dependencies', installRootDependencies);
	if (n8n) {
		await steps.run(`n8n ${await pinnedVersion()}`, (report) => installN8n(process.env, report));
	}
	await steps.run('Build', buildAndPack);
	if (n8n) {
		await steps.run('Package, installed as n8n does it', async () => ({
			note: `in ${await installedPackage(await packedPackage(), process.env)}`,
		}));
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	endOnSignals();
	const steps = new Steps();
	await runMain(async () => {
		const unknown = process.argv.slice(2).find((argument) => argument !== '--n8n');
		if (unknown) {
			steps.say(
				`set-up knows only --n8n, which installs the pinned n8n as well, not «${unknown}».`,
			);
			return 1;
		}
		steps.say(`Set-up in ${checkout}`);
		await setUp({ n8n: process.argv.includes('--n8n'), steps });
		return 0;
	});
}
