// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../servers/fableforge/dist/main.js', import.meta.url));

/**
 * Starts a FableForge server on a free port for as long as some work takes.
 *
 * @template T
 * @param {Record<string, string>} environment
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withFableForge(environment, use) {
	const server = spawn(process.execPath, [main], {
		env: { PATH: process.env.PATH, FABLEFORGE_PORT: '0', ...environment },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	try {
		for await (const line of createInterface(server.stdout)) {
			const address = /listening on (\S+)$/.exec(line)?.[1];
			if (address) {
				server.stdout.resume();
				return await use(address);
			}
		}
		throw new Error('The FableForge server ended before it listened');
	} finally {
		server.kill();
		if (server.exitCode === null) await once(server, 'exit');
	}
}
