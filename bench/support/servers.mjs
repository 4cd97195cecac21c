// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const portSettings = { artificer: 'GRPC_PORT', fableforge: 'FABLEFORGE_PORT' };

/**
 * Starts one of the local servers on a free port for as long as some work takes.
 *
 * @template T
 * @param {'artificer' | 'fableforge'} name its folder in servers/
 * @param {Record<string, string>} environment
 * @param {(address: string, pid: number) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withServer(name, environment, use) {
	const main = fileURLToPath(new URL(`../../servers/${name}/dist/main.js`, import.meta.url));
	const server = spawn(process.execPath, [main], {
		env: { PATH: process.env.PATH, [portSettings[name]]: '0', ...environment },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	try {
		for await (const line of createInterface(server.stdout)) {
			const address = /listening on (\S+)$/.exec(line)?.[1];
			if (address && server.pid) {
				server.stdout.resume();
				return await use(address, server.pid);
			}
		}
		throw new Error(`The server ${name} ended before it listened`);
	} finally {
		server.kill();
		if (server.exitCode === null) await once(server, 'exit');
	}
}
