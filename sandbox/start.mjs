// @ts-check
import { packedPackage } from './lib/build.mjs';
import { checkout, sandboxFolder } from './lib/checkout.mjs';
import { endOnSignals, interrupted } from './lib/interruption.mjs';
import { demandPlatform } from './lib/platform.mjs';
import { endAll } from './lib/processes.mjs';
import { runMain } from './lib/run-main.mjs';
import { RunningNote } from './lib/running.mjs';
import { bringUp, demandPorts } from './lib/bring-up.mjs';
import { endedTooEarly } from './lib/services.mjs';
import { readSettings } from './lib/settings.mjs';
import { Steps } from './lib/steps.mjs';
import { demonstrate } from './lib/demonstrate.mjs';
import { duration, interactive } from './lib/terminal.mjs';
import { setUp } from './set-up.mjs';

const steps = new Steps();

/**
 * `npm start`: from a fresh clone to a running n8n with the package, its services and templates, and
 * two of them run. Gives the exit code.
 *
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function start(args) {
	const begun = Date.now();
	const unknown = args.find((argument) => argument !== '--once');
	if (unknown) {
		steps.say(
			`npm start knows only --once (as «npm start -- --once»), which ends after the two runs, not «${unknown}».`,
		);
		return 1;
	}
	const once = args.includes('--once') || !interactive;
	demandPlatform();
	const settings = readSettings(process.env);
	const note = await RunningNote.claim(sandboxFolder);
	try {
		await demandPorts(settings);
		steps.say(`Sandbox in ${checkout}`);
		await setUp({ n8n: true, steps });
		const sandbox = await bringUp({ settings, packed: await packedPackage(), steps, note });
		const right = await demonstrate(sandbox, steps);
		steps.say('');
		steps.say(`Up after ${duration(Date.now() - begun)}.`);
		if (once) return right ? 0 : 1;
		steps.say(`  Editor    ${sandbox.address}`);
		steps.say(`  Login     ${sandbox.login.email}`);
		steps.say(`  Password  ${sandbox.login.password}`);
		steps.say('Ctrl-C ends it all.');
		return await stay(sandbox);
	} finally {
		await endAll();
		await note.release();
	}
}

/**
 * Until Ctrl-C, or until something ends by itself.
 *
 * @param {import('./lib/bring-up.mjs').Sandbox} sandbox
 * @returns {Promise<number>}
 */
async function stay({ processes }) {
	const stopped = new Promise((resolve) => {
		if (interrupted.aborted) resolve(undefined);
		interrupted.addEventListener('abort', () => resolve(undefined), { once: true });
	});
	const ended = processes.map((started) => started.ended.then(() => started));
	const first = await Promise.race([stopped, ...ended]);
	if (interrupted.aborted || !first) {
		steps.say('\nEnding …');
		return 0;
	}
	throw await endedTooEarly(/** @type {import('./lib/processes.mjs').Started} */ (first));
}

endOnSignals();
await runMain(async () => await start(process.argv.slice(2)));
