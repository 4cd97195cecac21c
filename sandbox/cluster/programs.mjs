// @ts-check
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SandboxFailure } from '../lib/failures.mjs';

const run = promisify(execFile);

/** Where PostgreSQL lies where it isn't on the path: Debian, Red Hat, Homebrew on both kinds of Mac. */
const postgresHomes = [
	'/usr/lib/postgresql/*/bin',
	'/usr/pgsql-*/bin',
	'/opt/homebrew/opt/postgresql@*/bin',
	'/usr/local/opt/postgresql@*/bin',
];

/**
 * @typedef {object} Programs the system's own, which the cluster needs
 * @property {string} postgresFolder with `postgres`, `initdb` and `pg_isready`
 * @property {string} redis the program `redis-server`
 * @property {Record<string, string>} versions of both, by name
 */

/**
 * Finds PostgreSQL and Redis, or says in a sentence how they are installed.
 *
 * @returns {Promise<Programs>}
 */
export async function demandPrograms() {
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
	const homes = await Promise.all(
		folders.map(async (folder) => path.dirname(await followed(path.join(folder, 'postgres')))),
	);
	const [postgresFolder] = await filter(
		[...homes, ...(await Promise.all(postgresHomes.map(expand))).flat()],
		async (folder) => {
			const found = ['postgres', 'initdb', 'pg_isready'].map((name) => path.join(folder, name));
			return (await Promise.all(found.map(runs))).every(Boolean);
		},
	);
	const [redis] = await filter(
		folders.map((folder) => path.join(folder, 'redis-server')),
		runs,
	);
	if (!postgresFolder || !redis) {
		const missing = [...(postgresFolder ? [] : ['PostgreSQL']), ...(redis ? [] : ['Redis'])];
		throw new SandboxFailure(
			`A cluster needs PostgreSQL and Redis, and this machine has no ${missing.join(' and no ')}: install them («apt-get install postgresql redis-server», on a Mac «brew install postgresql redis»), then try again.`,
		);
	}
	return {
		postgresFolder,
		redis,
		versions: {
			PostgreSQL: await versionOf(path.join(postgresFolder, 'postgres')),
			Redis: await versionOf(redis),
		},
	};
}

/**
 * Where a program really lies: often only some of PostgreSQL's have a link on the path.
 *
 * @param {string} file
 */
async function followed(file) {
	return await realpath(file).catch(() => file);
}

/** @param {string} program */
async function versionOf(program) {
	const { stdout } = await run(program, ['--version']);
	return /\d+(\.\d+)+/.exec(stdout)?.[0] ?? stdout.trim();
}

/** @param {string} file */
async function runs(file) {
	return await access(file, constants.X_OK).then(
		() => true,
		() => false,
	);
}

/**
 * The folders that a pattern stands for, newest version first.
 *
 * @param {string} pattern with one `*`
 * @returns {Promise<string[]>}
 */
async function expand(pattern) {
	const [before = '', after = ''] = pattern.split('*');
	const parent = before.endsWith('/') ? before : path.dirname(before);
	const start = before.slice(before.lastIndexOf('/') + 1);
	const names = await readdir(parent).catch(() => []);
	return names
		.filter((name) => name.startsWith(start))
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
		.map((name) => `${path.join(parent, name)}${after}`);
}

/**
 * @template T
 * @param {T[]} values
 * @param {(value: T) => Promise<boolean>} keep
 * @returns {Promise<T[]>}
 */
async function filter(values, keep) {
	const kept = await Promise.all(values.map(keep));
	return values.filter((_, place) => kept[place]);
}
