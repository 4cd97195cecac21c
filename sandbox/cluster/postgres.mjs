// @ts-check
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cleanEnvironment } from '../lib/environment.mjs';
import { SandboxFailure } from '../lib/failures.mjs';
import { n8nFolder } from '../lib/n8n-install.mjs';
import { loopback } from '../lib/ports.mjs';
import { startProcess } from '../lib/processes.mjs';

const run = promisify(execFile);

/** What every new PostgreSQL has. */
const database = 'postgres';
const owner = 'n8n';

/**
 * A PostgreSQL of the cluster's own: its data in a folder of its own, on a port of its own.
 */
export class Postgres {
	/** @type {string} */
	#programs;
	/** @type {string} */
	#folder;
	/** @type {import('../lib/processes.mjs').User} */
	#user;
	/** @type {number} */
	port;
	/** @type {string} */
	#password;

	/**
	 * @param {object} options
	 * @param {string} options.programs the folder of PostgreSQL's programs
	 * @param {string} options.folder which every user of this machine may pass through
	 * @param {number} options.port
	 * @param {string} options.password
	 * @param {import('../lib/processes.mjs').User} options.user as `databaseUser` gives it
	 */
	constructor({ programs, folder, port, password, user }) {
		this.#programs = programs;
		this.#folder = folder;
		this.#user = user;
		this.#password = password;
		this.port = port;
	}

	/** How n8n reaches it, by n8n's settings. */
	get settings() {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: loopback,
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: database,
			DB_POSTGRESDB_USER: owner,
			DB_POSTGRESDB_PASSWORD: this.#password,
		};
	}

	/** Makes an empty database, which asks for its password on loopback too. */
	async create() {
		const { uid = -1, gid = -1 } = this.#user;
		await mkdir(this.#folder, { mode: 0o700 });
		const passwordFile = path.join(this.#folder, 'password');
		await writeFile(passwordFile, this.#password, { mode: 0o600 });
		for (const place of [this.#folder, passwordFile]) await chown(place, uid, gid);
		await run(
			path.join(this.#programs, 'initdb'),
			[
				`--pgdata=${this.#data}`,
				`--username=${owner}`,
				`--pwfile=${passwordFile}`,
				'--auth=scram-sha-256',
				'--encoding=UTF8',
				'--locale=C',
				'--no-instructions',
			],
			{ cwd: this.#folder, env: cleanEnvironment(process.env), ...this.#user },
		);
		await rm(passwordFile);
	}

	/**
	 * @param {{ name: string, logFile: string }} member
	 * @returns {Promise<import('../lib/processes.mjs').Started>}
	 */
	async start({ name, logFile }) {
		/** @type {Record<string, string>} */
		const settings = {
			listen_addresses: loopback,
			port: String(this.port),
			// Without a socket in the file system nothing lies outside of its folder.
			unix_socket_directories: '',
			max_connections: '300',
		};
		return await startProcess({
			name,
			command: path.join(this.#programs, 'postgres'),
			args: [
				'-D',
				this.#data,
				...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
			],
			env: cleanEnvironment(process.env),
			cwd: this.#folder,
			logFile,
			keepLog: true,
			user: this.#user,
		});
	}

	/** Whether it takes connections. */
	async answers() {
		const args = ['--host', loopback, '--port', String(this.port), '--timeout', '2', '--quiet'];
		return await run(path.join(this.#programs, 'pg_isready'), args).then(
			() => true,
			() => false,
		);
	}

	/**
	 * Asks it something, by n8n's own driver.
	 *
	 * @param {string} text SQL with $1, $2, …
	 * @param {unknown[]} [values] for them
	 * @returns {Promise<Record<string, any>[]>}
	 */
	async query(text, values = []) {
		const install = await n8nFolder(process.env);
		const { Client } = createRequire(path.join(install, 'node_modules', 'n8n', 'package.json'))(
			'pg',
		);
		const client = new Client({
			host: loopback,
			port: this.port,
			database,
			user: owner,
			password: this.#password,
		});
		await client.connect();
		try {
			return (await client.query(text, values)).rows;
		} finally {
			await client.end();
		}
	}

	get #data() {
		return path.join(this.#folder, 'data');
	}
}

/**
 * As whom PostgreSQL runs: it refuses root, and its packages bring a user `postgres` for that.
 *
 * @returns {Promise<import('../lib/processes.mjs').User>}
 */
export async function databaseUser() {
	if (process.getuid?.() !== 0) return {};
	try {
		const ids = ['-u', '-g'].map(async (which) => {
			const { stdout } = await run('id', [which, 'postgres']);
			return Number(stdout);
		});
		const [uid, gid] = await Promise.all(ids);
		return { uid, gid };
	} catch (error) {
		throw new SandboxFailure(
			'PostgreSQL refuses to run as root, and this machine has no user «postgres» for it: make one («useradd --system postgres»), or run this as another user.',
			{ cause: error },
		);
	}
}
