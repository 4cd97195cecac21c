// @ts-check
import { copyFile, mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packedPackage } from '../sandbox/lib/build.mjs';
import { checkout, sandboxFolder } from '../sandbox/lib/checkout.mjs';
import { runNpm } from '../sandbox/lib/npm.mjs';
import { packageName } from '../sandbox/lib/package-install.mjs';

const servers = path.join(checkout, 'servers');

/**
 * Packs all that is published, as it was built last, into tarballs without a version in their names.
 *
 * @param {string} folder is made where there is none
 * @returns {Promise<string[]>} the tarballs' names
 */
export async function packAll(folder) {
	await mkdir(folder, { recursive: true });
	const nodes = `${packageName}.tgz`;
	await copyFile((await packedPackage()).file, path.join(folder, nodes));
	const packed = [nodes];
	for (const name of await readdir(servers)) packed.push(await packServer(name, folder));
	return packed;
}

/**
 * Packs a server as npm would publish it.
 *
 * @param {string} name its folder under servers/
 * @param {string} folder
 * @returns {Promise<string>} the tarball's name
 */
async function packServer(name, folder) {
	const partial = path.join(folder, `.packing-${name}`);
	await mkdir(partial, { recursive: true });
	try {
		await runNpm(['pack', '--ignore-scripts', '--pack-destination', partial], {
			cwd: path.join(servers, name),
			purpose: `Packing servers/${name}`,
			logFile: path.join(sandboxFolder, 'logs', `pack-${name}-${process.pid}.log`),
		});
		const manifest = await readFile(path.join(servers, name, 'package.json'), 'utf8');
		const tarball = `${JSON.parse(manifest).name}.tgz`;
		const [packed = ''] = await readdir(partial);
		await rename(path.join(partial, packed), path.join(folder, tarball));
		return tarball;
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
}

// `node deploy/tarballs.mjs FOLDER`, for tests: they find all built, and must not build themselves.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [folder = ''] = process.argv.slice(2);
	await packAll(path.resolve(folder));
}
