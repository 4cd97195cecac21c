// @ts-check
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What tells a process from a later one with the same id: when it began. Undefined when there is
 * no such process.
 *
 * @param {number} pid
 * @returns {Promise<string | undefined>}
 */
export async function identityOf(pid) {
	try {
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The command, in brackets, may hold blanks; field 22 counts from before it, and field 3 is
		// the first one after it. A zombie has ended: it only waits to be collected.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' ? undefined : fields[19];
	} catch {
		return await identityByPs(pid);
	}
}

/**
 * The same where there is no /proc (macOS).
 *
 * @param {number} pid
 * @returns {Promise<string | undefined>}
 */
async function identityByPs(pid) {
	if (process.platform === 'linux') return undefined;
	try {
		const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
		return stdout.trim() || undefined;
	} catch {
		return undefined;
	}
}

/**
 * Whether the process that had this id and began then still runs.
 *
 * @param {{ pid: number, identity?: string }} process
 * @returns {Promise<boolean>}
 */
export async function stillRuns({ pid, identity }) {
	return identity !== undefined && (await identityOf(pid)) === identity;
}
