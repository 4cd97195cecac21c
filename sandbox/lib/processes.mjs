// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a process may take to end by itself before it is killed, in ms. n8n took up to 3 s. */
const graceMs = 10_000;
/** How much of a log's end is shown or searched, in bytes. */
const tailBytes = 8_192;

/**
 * @typedef {object} Started a process that was started here
 * @property {string} name what it is, for messages
 * @property {number} pid its id, which is also its process group's
 * @property {string} logFile where its output goes
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} ended
 * @property {() => boolean} running
 */

/**
 * @typedef {object} User of the system
 * @property {number} [uid]
 * @property {number} [gid]
 */

/** @type {Set<Started>} */
const started = new Set();
/**
 * Those that are being ended: a second SIGTERM would cut n8n's own tidying up short.
 *
 * @type {Map<Started, Promise<void>>}
 */
const ending = new Map();

/**
 * Starts a process in a group of its own, so that it and whatever it starts can be ended together,
 * and a Ctrl-C in the terminal reaches only us, who then end all in order.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.command
 * @param {string[]} options.args
 * @param {NodeJS.ProcessEnv} options.env its whole environment
 * @param {string} options.cwd
 * @param {string} options.logFile both outputs are written there; what it held is replaced
 * @param {boolean} [options.keepLog] adds to what the log held instead
 * @param {string} [options.resultFile] takes the standard output instead, where that is a result
 * @param {User} [options.user] as whom it runs, where this process may choose; by default as this one
 * @returns {Promise<Started>}
 */
export async function startProcess({
	name,
	command,
	args,
	env,
	cwd,
	logFile,
	keepLog = false,
	resultFile,
	user = {},
}) {
	mkdirSync(path.dirname(logFile), { recursive: true });
	const log = openSync(logFile, keepLog ? 'a' : 'w');
	const result = resultFile === undefined ? log : openSync(resultFile, 'w');
	let child;
	try {
		const stdio = /** @type {['ignore', number, number]} */ (['ignore', result, log]);
		child = spawn(command, args, { cwd, env, detached: true, stdio, ...user });
	} finally {
		closeSync(log);
		if (result !== log) closeSync(result);
	}
	/** @type {Started['ended']} */
	const ended = new Promise((resolve) => {
		child.once('exit', (code, signal) => resolve({ code, signal }));
		child.once('error', () => resolve({ code: null, signal: null }));
	});
	await new Promise((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', reject);
	});
	const entry = {
		name,
		pid: /** @type {number} */ (child.pid),
		logFile,
		ended,
		running: () => child.exitCode === null && child.signalCode === null,
	};
	started.add(entry);
	void ended.then(() => started.delete(entry));
	return entry;
}

/**
 * Ends a process and what it started: asks first, waits, then insists.
 *
 * @param {Started} entry
 * @returns {Promise<void>}
 */
export async function endProcess(entry) {
	const under = ending.get(entry) ?? askThenInsist(entry);
	ending.set(entry, under);
	await under;
	ending.delete(entry);
}

/** @param {Started} entry */
async function askThenInsist(entry) {
	signalGroup(entry.pid, 'SIGTERM');
	const deadline = new AbortController();
	const inTime = await Promise.race([
		entry.ended.then(() => true),
		wait(graceMs, false, { signal: deadline.signal }).catch(() => true),
	]);
	deadline.abort();
	// Also when it ended in time: a child of its own that overstays would keep a port.
	signalGroup(entry.pid, 'SIGKILL');
	if (!inTime) await entry.ended;
}

/** Ends every process that was started here. */
export async function endAll() {
	await Promise.all([...started].map(endProcess));
}

/**
 * Sends a signal to a process group; one that is gone already is no failure.
 *
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 * @returns {void}
 */
export function signalGroup(pid, signal) {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
	}
}

/**
 * The end of a log, in whole lines.
 *
 * @param {string} logFile
 * @param {number} [lines] at most so many
 * @returns {Promise<string>}
 */
export async function logTail(logFile, lines = 15) {
	const file = await open(logFile, 'r');
	try {
		const { size } = await file.stat();
		const length = Math.min(size, tailBytes);
		const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
		return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
	} finally {
		await file.close();
	}
}
