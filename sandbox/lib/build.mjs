// @ts-check
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildFolder, checkout, sandboxFolder } from './checkout.mjs';
import { digestOf } from './digest.mjs';
import { SandboxFailure, explainFileFailure } from './failures.mjs';
import { runNpm } from './npm.mjs';

/** All that the build reads and that is packed. */
const sources = [
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'gulpfile.js',
	'index.js',
	'nodes',
	'credentials',
	'proto',
	'servers',
	'workflows-templates',
	'README.md',
	'LICENSE',
];
const mark = path.join(buildFolder, 'build.json');
/** The packed nodes package, as it would be published. */
const tarball = path.join(buildFolder, 'package.tgz');

/**
 * @typedef {object} Packed the nodes package as it would be published
 * @property {string} file the tarball
 * @property {string} digest SHA-256 of the tarball, hexadecimal: it changes when the package does,
 * since npm packs the same files to the same bytes
 */

/**
 * Builds the package and the servers and packs the package, when a source is another than last
 * time.
 *
 * @param {import('./steps.mjs').Report} report
 * @returns {Promise<{ note?: string }>}
 */
export async function buildAndPack(report) {
	const digest = await digestOf(checkout, sources);
	if ((await readMark())?.sources === digest && (await missingOutput()) === undefined) {
		return { note: 'up to date' };
	}
	try {
		await rm(mark, { force: true });
		report('compiling');
		await runNpm(['run', 'build'], {
			cwd: checkout,
			purpose: 'Building',
			logFile: path.join(sandboxFolder, 'logs', 'build.log'),
		});
		report('packing');
		await pack();
		await writeFile(
			mark,
			JSON.stringify({ sources: digest, tarball: await digestOfFile(tarball) }),
		);
	} catch (error) {
		throw explainFileFailure(error, checkout, 'move the checkout to another folder');
	}
	const missing = await missingOutput();
	if (missing)
		throw new SandboxFailure(`The build didn't make ${missing}: see what «npm run build» says.`);
	return {};
}

/**
 * The tarball that the last build packed.
 *
 * @returns {Promise<Packed>}
 */
export async function packedPackage() {
	const built = await readMark();
	if (!built) throw new SandboxFailure("The package isn't built: run «npm run set-up» first.");
	return { file: tarball, digest: built.tarball };
}

async function pack() {
	const folder = path.join(buildFolder, 'packing');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await runNpm(['pack', '--ignore-scripts', '--pack-destination', folder], {
		cwd: checkout,
		purpose: 'Packing',
		logFile: path.join(sandboxFolder, 'logs', 'pack.log'),
	});
	const [name] = await readdir(folder);
	if (!name) throw new SandboxFailure('«npm pack» made no tarball.');
	await rename(path.join(folder, name), tarball);
	await rm(folder, { recursive: true });
}

/** @returns {Promise<{ sources: string, tarball: string } | undefined>} */
async function readMark() {
	try {
		return JSON.parse(await readFile(mark, 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * The first file that the package or a server promises and that isn't there.
 *
 * @returns {Promise<string | undefined>}
 */
async function missingOutput() {
	const { n8n } = JSON.parse(await readFile(path.join(checkout, 'package.json'), 'utf8'));
	const promised = [
		tarball,
		...[...n8n.nodes, ...n8n.credentials].map((file) => path.join(checkout, file)),
	];
	for (const name of ['artificer', 'fableforge', 'template-library']) {
		promised.push(await serverCommand(name));
	}
	for (const file of promised) {
		if (
			await access(file).then(
				() => false,
				() => true,
			)
		)
			return path.relative(checkout, file);
	}
	return undefined;
}

/**
 * The file that starts a server, by its own package.json; to be run with Node 24.
 *
 * @param {string} name folder under servers/
 * @returns {Promise<string>}
 */
export async function serverCommand(name) {
	const folder = path.join(checkout, 'servers', name);
	const { bin } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const [file] = Object.values(bin);
	return path.join(folder, String(file));
}

/** @param {string} file */
async function digestOfFile(file) {
	return createHash('sha256')
		.update(await readFile(file))
		.digest('hex');
}
