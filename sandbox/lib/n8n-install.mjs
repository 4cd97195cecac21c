// @ts-check
import { access, copyFile, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheFolder, madeOnce } from './cache.mjs';
import { checkout, node24, sandboxFolder } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { SandboxFailure } from './failures.mjs';
import { runNpm } from './npm.mjs';

/** The pin of the n8n that sandbox and tests run: a package.json and its lock file. */
const pinFolder = path.join(checkout, 'sandbox', 'n8n');
/** 3.0 GB measured for n8n 2.40.7 on Linux, and room for what is unpacked meanwhile. */
const bytesNeeded = 4e9;

/**
 * The folder that holds (or will hold) the pinned n8n: its name is a digest of the lock file, and
 * of the platform, for which native parts are made.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [pin] folder of another pin
 * @returns {Promise<string>}
 */
export async function n8nFolder(env, pin = pinFolder) {
	const lock = await readFile(path.join(pin, 'package-lock.json'));
	const digest = createHash('sha256').update(lock).digest('hex');
	const name = `${digest.slice(0, 16)}-${process.platform}-${process.arch}`;
	return path.join(cacheFolder(env), 'n8n', name);
}

/**
 * n8n's command, to be run with Node 24.
 *
 * @param {string} folder as `n8nFolder` gives it
 * @returns {string}
 */
export function n8nCommand(folder) {
	return path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

/**
 * The Node to run an n8n with: its pin's own where it has one, else Node 24.
 *
 * @param {string} folder as `n8nFolder` gives it
 * @returns {Promise<string>}
 */
export async function n8nNode(folder) {
	const own = path.join(folder, 'node_modules', 'node', 'bin', 'node');
	return await access(own).then(
		() => own,
		() => node24,
	);
}

/**
 * @param {string} [pin] folder of another pin
 * @returns {Promise<string>} the version that is pinned
 */
export async function pinnedVersion(pin = pinFolder) {
	return (await pinned(pin)).n8n ?? '';
}

/**
 * @param {string} pin
 * @returns {Promise<Record<string, string>>} versions by name
 */
async function pinned(pin) {
	return JSON.parse(await readFile(path.join(pin, 'package.json'), 'utf8')).dependencies;
}

/**
 * Installs the pinned n8n where no checkout has done so yet. All install scripts are off but the
 * database driver's: others want downloads that many networks don't allow, and n8n runs without.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./steps.mjs').Report} report
 * @param {string} [pin] folder of another pin
 * @returns {Promise<{ note?: string }>}
 */
export async function installN8n(env, report, pin = pinFolder) {
	const folder = await n8nFolder(env, pin);
	const { made } = await madeOnce(folder, {
		bytesNeeded,
		report,
		make: async (partial) => {
			for (const name of ['package.json', 'package-lock.json']) {
				await copyFile(path.join(pin, name), path.join(partial, name));
			}
			report('downloading 3 GB, 3 to 6 minutes');
			await runNpm(['install', '--ignore-scripts', '--omit=dev', '--no-save'], {
				cwd: partial,
				purpose: 'Installing n8n',
				logFile: path.join(sandboxFolder, 'logs', 'install-n8n.log'),
			});
			const replaced = await demandPinnedVersions(partial, pin);
			if ((await pinned(pin)).node) await placeNode(partial);
			report('building the database driver, up to 2 minutes');
			await buildDatabaseDriver(partial);
			return { n8n: await pinnedVersion(pin), installed: new Date().toISOString(), replaced };
		},
	});
	return { note: made ? `in ${folder}` : `up to date, in ${folder}` };
}

/**
 * npm takes another version without a word where a registry lacks the locked one. For an optional
 * package of another platform that is no matter; for any other it is.
 *
 * @param {string} folder
 * @param {string} pin
 * @returns {Promise<string[]>} the optional packages that are missing or of another version
 */
async function demandPinnedVersions(folder, pin) {
	const locked = await readPackages(path.join(pin, 'package-lock.json'));
	const taken = await readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
	const different = Object.entries(locked).filter(
		([place, { version }]) => place !== '' && taken[place]?.version !== version,
	);
	const wrong = different.filter(
		([, { optional, devOptional, peer }]) => !optional && !devOptional && !peer,
	);
	if (wrong.length > 0) {
		const [place, { version }] = wrong[0];
		throw new SandboxFailure(
			`Installing n8n gave other versions than its lock file names, first ${place.replace(/^.*node_modules\//, '')} ${taken[place]?.version ?? '(none)'} instead of ${version}: check npm's «registry» setting.`,
		);
	}
	return different.map(([place]) => place);
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }>>}
 */
async function readPackages(file) {
	return JSON.parse(await readFile(file, 'utf8')).packages;
}

/**
 * The Node that a pin names is put where npm's package for it has its command.
 *
 * @param {string} folder
 */
async function placeNode(folder) {
	await runNpm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: folder,
		purpose: "Getting n8n's Node",
		logFile: path.join(sandboxFolder, 'logs', 'install-n8n-node.log'),
	});
}

/** @param {string} folder */
async function buildDatabaseDriver(folder) {
	const headers = await nodeHeaders();
	const logFile = path.join(sandboxFolder, 'logs', 'install-sqlite3.log');
	await runNpm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: folder,
		purpose:
			"Building n8n's database driver (which needs a C++ compiler, make and Python 3 where no ready one can be downloaded; Debian: apt-get install build-essential python3)",
		logFile,
		env: {
			...process.env,
			PATH: cleanEnvironment(process.env).PATH,
			...(headers ? { npm_config_nodedir: headers } : {}),
		},
	});
	const driver = path.join(
		folder,
		'node_modules',
		'sqlite3',
		'build',
		'Release',
		'node_sqlite3.node',
	);
	await access(driver).catch((cause) => {
		throw new SandboxFailure(
			`Building n8n's database driver made no ${driver}: the log is ${logFile}.`,
			{ cause },
		);
	});
}

/**
 * Where a Node on this machine has its headers. With them the driver compiles without a download;
 * they may be another Node's, because the driver uses the stable Node-API alone. The Node 24 that
 * npm brings has none.
 *
 * @returns {Promise<string | undefined>}
 */
async function nodeHeaders() {
	const folders = (process.env.PATH ?? '')
		.split(path.delimiter)
		.map((folder) => path.dirname(folder));
	const runners = [process.execPath, process.env.npm_node_execpath ?? ''].filter(Boolean);
	const places = [...runners.map((file) => path.dirname(path.dirname(file))), ...folders];
	for (const place of places) {
		if (
			await access(path.join(place, 'include', 'node', 'node_api.h')).then(
				() => true,
				() => false,
			)
		) {
			return place;
		}
	}
	return undefined;
}
