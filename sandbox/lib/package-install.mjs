// @ts-check
import { execFile } from 'node:child_process';
import { mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, madeOnce } from './cache.mjs';
import { checkout, sandboxFolder } from './checkout.mjs';
import { SandboxFailure } from './failures.mjs';
import { runNpm } from './npm.mjs';

const run = promisify(execFile);

/** Name under which n8n loads the package; it comes before the dot of every node type. */
export const packageName = 'n8n-nodes-artificer';
/** 30 MB measured with its dependencies. */
const bytesNeeded = 2e8;

/**
 * Installs a packed nodes package as n8n does when somebody installs it in the editor (n8n 2.40.7,
 * community-packages.service): unpacked, with dev, peer and optional dependencies struck off, its
 * dependencies flat inside it, no scripts. It lies outside the checkout: inside, Node would find
 * `n8n-workflow` and undeclared packages in the checkout's node_modules, which users don't have.
 *
 * @param {import('./build.mjs').Packed} packed
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the installed package's folder
 */
export async function installedPackage(packed, env) {
	const folder = path.join(cacheFolder(env), 'packages', packed.digest.slice(0, 16));
	if (!path.relative(checkout, folder).startsWith('..')) {
		throw new SandboxFailure(
			`ARTIFICER_CACHE_DIR lies inside the checkout (${cacheFolder(env)}), where the package would find other libraries than its users have: choose a folder outside.`,
		);
	}
	await madeOnce(folder, { bytesNeeded, make: (partial) => unpackAndInstall(packed, partial) });
	return placeIn(folder);
}

/** @param {string} folder */
function placeIn(folder) {
	return path.join(folder, 'node_modules', packageName);
}

/**
 * @param {import('./build.mjs').Packed} packed
 * @param {string} partial
 * @returns {Promise<{ version: string }>}
 */
async function unpackAndInstall(packed, partial) {
	const folder = placeIn(partial);
	await mkdir(folder, { recursive: true });
	await run('tar', ['-xzf', packed.file, '-C', folder, '--strip-components=1']);
	const manifest = path.join(folder, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = JSON.parse(
		await readFile(manifest, 'utf8'),
	);
	await writeFile(manifest, JSON.stringify(kept, null, 2));
	await runNpm(
		[
			'install',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		],
		{
			cwd: folder,
			purpose: 'Installing the nodes package',
			logFile: path.join(sandboxFolder, 'logs', 'install-package.log'),
		},
	);
	return { version: kept.version };
}

/**
 * Puts an installed package where n8n looks for community nodes, instead of the one that was there.
 *
 * @param {string} folder the installed package, as `installedPackage` gives it
 * @param {string} userFolder n8n's `N8N_USER_FOLDER`
 * @returns {Promise<{ changed: boolean }>}
 */
export async function placePackage(folder, userFolder) {
	const nodes = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	const place = path.join(nodes, packageName);
	if ((await readlink(place).catch(() => undefined)) === folder) return { changed: false };
	await mkdir(nodes, { recursive: true });
	// n8n passes over a name with this ending, should a run be killed right here.
	const beside = `${place}.backup-${Date.now()}`;
	await symlink(folder, beside, 'dir');
	await rm(place, { recursive: true, force: true });
	await rename(beside, place);
	return { changed: true };
}
