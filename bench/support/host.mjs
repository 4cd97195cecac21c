// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Host a process that does a part of a bench, alone in its memory
 * @property {(method: string, ...args: unknown[]) => Promise<any>} call
 * @property {() => Promise<void>} close
 */

/**
 * Starts a script that answers calls by `serve` of the executor tests' ipc.mjs. What it prints is
 * not shown: pdf.js warns there for each font that n8n doesn't give it.
 *
 * @param {string} script in bench/
 * @returns {Promise<Host>}
 */
export async function startHost(script) {
	const child = fork(fileURLToPath(new URL(`../${script}`, import.meta.url)), [], {
		execArgv: ['--expose-gc'],
		serialization: 'advanced',
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	/** @type {Map<number, (answer: any) => void>} */
	const waiting = new Map();
	let lastCall = 0;
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`${script} ended with exit code ${code}`);
	});
	ended.catch(() => undefined);
	await Promise.race([once(child, 'message'), ended]);
	child.on('message', (/** @type {any} */ answer) => {
		waiting.get(answer.id)?.(answer);
		waiting.delete(answer.id);
	});
	return {
		async call(method, ...args) {
			const id = ++lastCall;
			/** @type {Promise<any>} */
			const answered = new Promise((resolve) => waiting.set(id, resolve));
			child.send({ id, method, args });
			const { failure, result } = await Promise.race([answered, ended]);
			if (failure) throw new Error(failure.message);
			return result;
		},
		async close() {
			if (child.exitCode !== null) return;
			const exit = once(child, 'exit');
			child.disconnect();
			await exit;
		},
	};
}
