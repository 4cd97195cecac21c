// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packedPackage } from './lib/build.mjs';
import { checkout } from './lib/checkout.mjs';
import { endOnSignals, interrupted } from './lib/interruption.mjs';
import { demandPlatform } from './lib/platform.mjs';
import { demandFreePort } from './lib/ports.mjs';
import { endAll } from './lib/processes.mjs';
import { runMain } from './lib/run-main.mjs';
import { RunningNote } from './lib/running.mjs';
import { readSettings } from './lib/settings.mjs';
import { Steps } from './lib/steps.mjs';
import { duration } from './lib/terminal.mjs';
import { publishBatchTemplates } from './cluster/batch-templates.mjs';
import { readClusterSize } from './cluster/options.mjs';
import { demandPrograms } from './cluster/programs.mjs';
import { startCluster } from './cluster/start-cluster.mjs';
import { setUp } from './set-up.mjs';

const steps = new Steps();
/** What Ctrl-C does: once the cluster is up, it ends in order. */
let endThem = endAll;

/**
 * `npm run cluster`: n8n in queue mode with PostgreSQL, Redis, a webhook process, workers and several
 * Artificer servers on this machine, until Ctrl-C. Nothing of it is left then. Gives the exit code.
 *
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function cluster(args) {
	const begun = Date.now();
	demandPlatform();
	const size = readClusterSize(args);
	const settings = readSettings(process.env);
	const programs = await demandPrograms();
	const ports = { n8n: settings.n8nPort, webhooks: settings.webhooksPort };
	await demandFreePort(ports.n8n, "the cluster's n8n", 'SANDBOX_N8N_PORT');
	await demandFreePort(ports.webhooks, "n8n's webhook process", 'SANDBOX_WEBHOOKS_PORT');
	const folder = temporaryFolder();
	const note = await RunningNote.claim(folder);
	/** @type {import('./cluster/start-cluster.mjs').Cluster | undefined} */
	let running;
	try {
		await clear(folder);
		steps.say(`Cluster in ${folder}`);
		await setUp({ n8n: true, steps });
		const up = await startCluster({
			folder,
			size,
			programs,
			packed: await packedPackage(),
			steps: { run: steps.run.bind(steps), say: (line) => steps.say(`  ${line}`) },
			started: async (process) => await note.add(process),
			ports,
		});
		running = up;
		endThem = up.stop;
		const { header, batch } = await steps.run('Templates of batches are live', async () => ({
			...(await publishBatchTemplates(up)),
			note: 'Distributed Batch, Recover Crashed Runs',
		}));
		steps.say('');
		steps.say(`Up after ${duration(Date.now() - begun)}.`);
		steps.say(`  Editor    ${up.address}`);
		steps.say(`  Login     ${up.login.email}`);
		steps.say(`  Password  ${up.login.password}`);
		steps.say(`  Webhooks  ${up.webhooks}`);
		for (const { name, pid } of up.members) steps.say(`  ${name.padEnd(14)}process ${pid}`);
		steps.say('Send a batch, and ask for its account:');
		steps.say(
			`  curl -H '${header.name}: ${header.value}' -H 'content-type: application/json' -d '{"batch_id": "first", "documents": [{"document_id": "one", "text": "안녕하세요.", "language": "kor"}]}' ${batch}`,
		);
		steps.say(`  curl -H '${header.name}: ${header.value}' '${batch}?batch_id=first'`);
		steps.say('What ends is started again. Ctrl-C ends it all.');
		await new Promise((resolve) => {
			if (interrupted.aborted) resolve(undefined);
			interrupted.addEventListener('abort', resolve, { once: true });
		});
		steps.say('\nEnding …');
		return 0;
	} finally {
		await running?.stop();
		await clear(folder);
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * One for each checkout, so that the next cluster finds what a killed one has left. Outside of the
 * checkout, since PostgreSQL's user may not be allowed there.
 */
function temporaryFolder() {
	const digest = createHash('sha256').update(checkout).digest('hex').slice(0, 8);
	return path.join(os.tmpdir(), `n8n-nodes-artificer-cluster-${digest}`);
}

/**
 * Takes all out of the folder but the note that this run is at work on it.
 *
 * @param {string} folder
 */
async function clear(folder) {
	await mkdir(folder, { recursive: true });
	for (const name of await readdir(folder)) {
		if (name === 'running.json') continue;
		await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
	}
}

endOnSignals(async () => await endThem());
await runMain(async () => await cluster(process.argv.slice(2)));
