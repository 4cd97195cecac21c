// @ts-check
import { mkdirSync, mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packedPackage } from '../../../sandbox/lib/build.mjs';
import { samplesFolder } from '../../../sandbox/lib/checkout.mjs';
import { n8nEnvironment } from '../../../sandbox/lib/n8n-environment.mjs';
import { n8nCommand, n8nFolder, n8nNode } from '../../../sandbox/lib/n8n-install.mjs';
import { installedPackage, placePackage } from '../../../sandbox/lib/package-install.mjs';
import { freePort } from '../../../sandbox/lib/ports.mjs';
import { logTail, startProcess } from '../../../sandbox/lib/processes.mjs';

/**
 * @typedef {object} TemporaryN8n a user folder of n8n's with the package in it, for one test
 * @property {string} folder
 * @property {string} install where n8n is
 * @property {string} node the Node that runs it
 * @property {string} filesFolder which n8n's file nodes may read and write
 * @property {(ports?: { port?: number, brokerPort?: number }) => Promise<NodeJS.ProcessEnv>} environment
 * @property {() => Promise<void>} remove
 */

/**
 * @param {Record<string, string>} [added] settings of n8n's for this test
 * @param {string} [pin] folder of the pin of another n8n than the tests' own
 * @returns {Promise<TemporaryN8n>}
 */
export async function temporaryN8n(added = {}, pin = undefined) {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'n8n-for-a-test-'));
	const filesFolder = path.join(folder, 'files');
	mkdirSync(filesFolder);
	await placePackage(await installedPackage(await packedPackage(), process.env), folder);
	const install = await n8nFolder(process.env, pin);
	const node = await n8nNode(install);
	return {
		folder,
		install,
		node,
		filesFolder,
		environment: async ({ port, brokerPort } = {}) =>
			n8nEnvironment({
				from: process.env,
				userFolder: folder,
				port: port ?? (await freePort()),
				brokerPort: brokerPort ?? (await freePort()),
				readable: [filesFolder, samplesFolder],
				// Its task runner is started by the name «node».
				added: { PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}`, ...added },
			}),
		remove: async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }),
	};
}

/**
 * Runs one of n8n's commands to its end.
 *
 * @param {TemporaryN8n} n8n
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, signal: string | null, output: string, log: string }>}
 */
export async function runCommand(n8n, args) {
	const resultFile = path.join(n8n.folder, 'output.txt');
	const logFile = path.join(n8n.folder, 'command.log');
	const command = await startProcess({
		name: `n8n ${args[0]}`,
		command: n8n.node,
		args: [n8nCommand(n8n.install), ...args],
		env: await n8n.environment(),
		cwd: n8n.folder,
		logFile,
		resultFile,
	});
	const { code, signal } = await command.ended;
	return { code, signal, output: await readFile(resultFile, 'utf8'), log: await logTail(logFile) };
}

/**
 * Imports workflows or credentials as n8n's command does.
 *
 * @param {TemporaryN8n} n8n
 * @param {'workflow' | 'credentials'} kind
 * @param {object[]} entries
 */
export async function importAll(n8n, kind, entries) {
	if (entries.length === 0) return;
	const file = path.join(n8n.folder, `${kind}.json`);
	await writeFile(file, JSON.stringify(entries));
	const { code, output, log } = await runCommand(n8n, [`import:${kind}`, `--input=${file}`]);
	// n8n says how many it has taken, and ends with 0 also when it has taken none. What it says
	// counts: 2.40.7 now and then ends by SIGSEGV while it tidies up, with all its work done.
	if (!/Successfully imported [1-9]/.test(output + log)) {
		throw new Error(`n8n import:${kind} ended with ${code}:\n${output}\n${log}`);
	}
}

/**
 * The run that `n8n execute --rawOutput` prints among its log lines.
 *
 * @param {string} output
 * @returns {object | undefined}
 */
export function printedRun(output) {
	const lines = output.split('\n');
	const first = lines.indexOf('{');
	const last = lines.lastIndexOf('}');
	return first < 0 || last < first
		? undefined
		: JSON.parse(lines.slice(first, last + 1).join('\n'));
}
