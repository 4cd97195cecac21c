// @ts-check
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildFolder, checkout, node24, sandboxFolder } from './checkout.mjs';
import { digestOf } from './digest.mjs';
import { explainFileFailure } from './failures.mjs';
import { NpmFailure, runNpm } from './npm.mjs';

const mark = path.join(buildFolder, 'dependencies.txt');
const logFile = path.join(sandboxFolder, 'logs', 'install.log');

/** What `npm ci` says when lock file and registry don't agree: `npm install` then copes. */
const refusal = /npm ci|can only install|in sync|ETARGET|E404/;

/**
 * Installs the checkout's own dependencies when the lock file or a package.json is another than
 * last time, and the Node 24 among them, whose install script is the only one that runs.
 *
 * @param {import('./steps.mjs').Report} report
 * @returns {Promise<{ note?: string }>}
 */
export async function installRootDependencies(report) {
	const digest = await digestOf(checkout, [
		'package.json',
		'package-lock.json',
		'servers/artificer/package.json',
		'servers/fableforge/package.json',
		'servers/template-library/package.json',
	]);
	if ((await readMark()) === digest && (await isThere(node24))) return { note: 'up to date' };
	try {
		await rm(mark, { force: true });
		await install(report);
		report('Node 24');
		await runNpm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], {
			cwd: checkout,
			purpose: 'Getting Node 24',
			logFile: path.join(sandboxFolder, 'logs', 'install-node.log'),
		});
		await mkdir(buildFolder, { recursive: true });
		await writeFile(mark, digest);
	} catch (error) {
		throw explainFileFailure(error, checkout, 'move the checkout to another folder');
	}
	return {};
}

/** @param {import('./steps.mjs').Report} report */
async function install(report) {
	const purpose = 'Installing the dependencies';
	const flags = ['--ignore-scripts', '--include=dev'];
	report('npm ci');
	try {
		await runNpm(['ci', ...flags], { cwd: checkout, purpose, logFile });
	} catch (error) {
		if (!(error instanceof NpmFailure && refusal.test(error.output))) throw error;
		report('npm install');
		// The lock file belongs to git: what this machine's registry lacks must not change it.
		await runNpm(['install', ...flags, '--no-save'], { cwd: checkout, purpose, logFile });
	}
}

/** @returns {Promise<string | undefined>} */
async function readMark() {
	return await readFile(mark, 'utf8').catch(() => undefined);
}

/** @param {string} file */
async function isThere(file) {
	return await access(file).then(
		() => true,
		() => false,
	);
}
