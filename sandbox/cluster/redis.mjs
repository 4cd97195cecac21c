// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { cleanEnvironment } from '../lib/environment.mjs';
import { loopback } from '../lib/ports.mjs';
import { startProcess } from '../lib/processes.mjs';

/** How long it may take to answer, in ms. */
const answersWithin = 2_000;

/**
 * A Redis of the cluster's own. It writes down what it is told, so that the queue is still there
 * after a restart.
 */
export class Redis {
	/** @type {string} */
	#program;
	/** @type {string} */
	#folder;
	/** @type {string} */
	#password;
	/** @type {number} */
	port;

	/** @param {{ program: string, folder: string, port: number, password: string }} options */
	constructor({ program, folder, port, password }) {
		this.#program = program;
		this.#folder = folder;
		this.#password = password;
		this.port = port;
	}

	/** How n8n reaches it, by n8n's settings. */
	get settings() {
		return {
			QUEUE_BULL_REDIS_HOST: loopback,
			QUEUE_BULL_REDIS_PORT: String(this.port),
			QUEUE_BULL_REDIS_PASSWORD: this.#password,
		};
	}

	/** Writes its settings: on the command line everybody could read the password. */
	async create() {
		await mkdir(this.#folder, { mode: 0o700 });
		const settings = [
			`bind ${loopback}`,
			`port ${this.port}`,
			`requirepass ${this.#password}`,
			`dir ${this.#folder}`,
			'appendonly yes',
			'appendfsync everysec',
			'save ""',
			// What doesn't fit must be refused, never forgotten.
			'maxmemory-policy noeviction',
		];
		await writeFile(this.#settingsFile, `${settings.join('\n')}\n`, { mode: 0o600 });
	}

	/**
	 * @param {{ name: string, logFile: string }} member
	 * @returns {Promise<import('../lib/processes.mjs').Started>}
	 */
	async start({ name, logFile }) {
		return await startProcess({
			name,
			command: this.#program,
			args: [this.#settingsFile],
			env: cleanEnvironment(process.env),
			cwd: this.#folder,
			logFile,
			keepLog: true,
		});
	}

	/** Whether it answers, and has read what it wrote down. */
	async answers() {
		return (await this.ask('PING')).includes('+PONG');
	}

	/**
	 * Asks it something, in Redis's own protocol.
	 *
	 * @param {string} command in one line, such as `INFO commandstats`
	 * @returns {Promise<string>} all that it says; empty when it doesn't answer
	 */
	async ask(command) {
		return await new Promise((/** @type {(answer: string) => void} */ resolve) => {
			const socket = connect(this.port, loopback);
			let heard = '';
			socket.setTimeout(answersWithin, () => socket.destroy());
			socket.once('error', () => resolve(''));
			socket.once('close', () => resolve(heard));
			socket.on('data', (bytes) => {
				heard += bytes.toString();
			});
			socket.write(`AUTH ${this.#password}\r\n${command}\r\nQUIT\r\n`);
		});
	}

	get #settingsFile() {
		return path.join(this.#folder, 'redis.conf');
	}
}
