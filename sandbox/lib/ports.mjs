// @ts-check
import { createServer } from 'node:net';
import { SandboxFailure, codeOf } from './failures.mjs';

/** The only address that anything in the sandbox listens on. */
export const loopback = '127.0.0.1';

/**
 * Says in a sentence when a port is taken.
 *
 * @param {number} port
 * @param {string} user who needs it, for the message
 * @param {string} setting the environment variable that chooses it
 * @returns {Promise<void>}
 */
export async function demandFreePort(port, user, setting) {
	try {
		await listenOnce(port);
	} catch (error) {
		if (codeOf(error) === 'EADDRINUSE') {
			const other = port < 65_000 ? port + 100 : port - 100;
			throw new SandboxFailure(
				`Port ${port}, which ${user} needs, is taken: end what uses it, or choose another, such as ${setting}=${other}.`,
				{ cause: error },
			);
		}
		if (codeOf(error) === 'EACCES') {
			throw new SandboxFailure(
				`Port ${port}, which ${user} needs, may not be opened by this user: choose one above 1023 with ${setting}.`,
				{ cause: error },
			);
		}
		throw error;
	}
}

/**
 * A port that is free now. Somebody else may take it before it is used: whoever starts a server on
 * it has to be ready for that.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
	return await listenOnce(0);
}

/**
 * @param {number} port
 * @returns {Promise<number>} the port that it was
 */
function listenOnce(port) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen({ port, host: loopback, exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}
