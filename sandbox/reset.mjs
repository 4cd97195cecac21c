// @ts-check
import { readdir, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { sandboxFolder } from './lib/checkout.mjs';
import { SandboxFailure, codeOf, explainFileFailure } from './lib/failures.mjs';
import { runMain } from './lib/run-main.mjs';
import { demandNobody } from './lib/running.mjs';
import { interactive } from './lib/terminal.mjs';

/** What stands in the sandbox's folder, for whoever has to decide. */
const meanings = new Map([
	['n8n', "n8n's database: login, credentials, workflows, executions and their files"],
	['login.json', 'the login'],
	['ledger.json', 'which templates and credentials were put into n8n'],
	['output', "results of the sandbox's own runs"],
	['files', 'files that workflows have read and written'],
	['logs', 'logs'],
]);

/**
 * Empties the sandbox after asking. The install of n8n stays: other checkouts may use it.
 *
 * @param {string[]} args
 * @returns {Promise<number>}
 */
async function reset(args) {
	const unknown = args.find((argument) => argument !== '--yes');
	if (unknown) {
		console.log(
			`npm run reset knows only --yes (as «npm run reset -- --yes»), which doesn't ask, not «${unknown}».`,
		);
		return 1;
	}
	const names = await namesIn(sandboxFolder);
	if (names.length > 0) await demandNobody(sandboxFolder);
	const left = await namesIn(sandboxFolder);
	if (left.length === 0) {
		console.log(`${sandboxFolder} is empty already.`);
		return 0;
	}
	console.log(`This deletes in ${sandboxFolder}:`);
	for (const name of left) {
		const meaning = meanings.get(name);
		console.log(`  ${name}${meaning ? `: ${meaning}` : ''}`);
	}
	if (!args.includes('--yes') && !(await confirmed())) {
		console.log('Nothing was deleted.');
		return 1;
	}
	try {
		await rm(sandboxFolder, { recursive: true, force: true, maxRetries: 3 });
	} catch (error) {
		throw explainFileFailure(error, sandboxFolder, 'delete it by hand');
	}
	console.log('Done. «npm start» makes it anew.');
	return 0;
}

/** @param {string} folder */
async function namesIn(folder) {
	try {
		return await readdir(folder);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return [];
		throw error;
	}
}

async function confirmed() {
	if (!interactive) {
		throw new SandboxFailure(
			'There is no terminal to ask at, so nothing was deleted: say «npm run reset -- --yes» to delete it.',
		);
	}
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return /^y(es)?$/i.test((await terminal.question('Delete all of it? (yes/no) ')).trim());
	} finally {
		terminal.close();
	}
}

await runMain(async () => await reset(process.argv.slice(2)));
