// @ts-check
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Module, createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { packedPackage } from '../../../sandbox/lib/build.mjs';
import { n8nFolder } from '../../../sandbox/lib/n8n-install.mjs';
import { installedPackage } from '../../../sandbox/lib/package-install.mjs';

/**
 * @typedef {object} Core n8n's own executor with the nodes of n8n and of this package
 * @property {any} workflow the module n8n-workflow
 * @property {any} core the module n8n-core
 * @property {any} binaryData n8n's store of files
 * @property {any} nodeTypes
 * @property {(type: string) => any} credentialType
 * @property {() => Promise<void>} close removes the files of all runs
 */

/**
 * Loads the pinned n8n's executor and both packages of nodes into this process, with no database
 * and no server: n8n-nodes-base and the packed nodes package, installed as n8n does it.
 *
 * @returns {Promise<Core>}
 */
export async function loadCore() {
	const install = await n8nFolder(process.env);
	const userFolder = mkdtempSync(path.join(os.tmpdir(), 'quick-executor-'));
	process.env.N8N_USER_FOLDER = userFolder;
	process.env.N8N_ENCRYPTION_KEY = 'of a process that stores no secret';
	process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
	process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
	process.env.N8N_LOG_LEVEL ??= 'error';
	resolveAsN8nDoes(install);

	/** @type {any} */
	const load = createRequire(path.join(install, 'node_modules', 'n8n', 'package.json'));
	load('reflect-metadata');
	const workflow = load('n8n-workflow');
	const core = load('n8n-core');
	const { Container } = load('@n8n/di');
	const binaryData = Container.get(core.BinaryDataService);
	await binaryData.init();

	const folders = [
		path.dirname(load.resolve('n8n-nodes-base/package.json')),
		await installedPackage(await packedPackage(), process.env),
	];
	const loaders = new Map();
	for (const folder of folders) {
		const loader = new core.LazyPackageDirectoryLoader(folder);
		await loader.loadAll();
		loaders.set(loader.packageName, loader);
	}
	return {
		workflow,
		core,
		binaryData,
		nodeTypes: nodeTypesOf(loaders, workflow, core),
		credentialType: (type) => credentialTypeOf(loaders, type),
		close: async () => await rm(userFolder, { recursive: true, force: true }),
	};
}

/**
 * n8n puts its own libraries on Node's search path, which is how an installed package finds
 * `n8n-workflow`.
 *
 * @param {string} install
 */
function resolveAsN8nDoes(install) {
	process.env.NODE_PATH = path.join(install, 'node_modules');
	/** @type {any} */ (Module)._initPaths();
}

/**
 * @param {Map<string, any>} loaders by package name
 * @param {any} workflow
 * @param {any} core
 */
function nodeTypesOf(loaders, workflow, core) {
	const getByName = (/** @type {string} */ full) => {
		const dot = full.indexOf('.');
		const loader = loaders.get(full.slice(0, dot));
		if (!loader) throw new core.UnrecognizedNodeTypeError(full.slice(0, dot), full.slice(dot + 1));
		return loader.getNode(full.slice(dot + 1)).type;
	};
	return {
		getByName,
		getByNameAndVersion(/** @type {string} */ full, /** @type {number | undefined} */ version) {
			return workflow.NodeHelpers.getVersionedNodeType(getByName(full), version);
		},
		getKnownTypes: () => ({}),
	};
}

/**
 * @param {Map<string, any>} loaders
 * @param {string} type
 */
function credentialTypeOf(loaders, type) {
	for (const loader of loaders.values()) {
		if (type in loader.known.credentials) return loader.getCredential(type).type;
	}
	throw new Error(`No package has a credential type ${type}`);
}
