// @ts-check
import { Interrupted, SandboxFailure } from './failures.mjs';
import { interrupted } from './interruption.mjs';
import { endAll } from './processes.mjs';

/** What a shell says of a program that Ctrl-C ended: 128 and the signal's number. */
const interruptedCode = 130;

/**
 * Runs a program to its end: whatever happens, the processes that it started are ended, the failure
 * is said, and the exit code is right.
 *
 * @param {() => Promise<number>} program gives the exit code
 * @returns {Promise<never>}
 */
export async function runMain(program) {
	let code;
	try {
		code = await program();
	} catch (error) {
		if (interrupted.aborted || error instanceof Interrupted) {
			code = interruptedCode;
		} else {
			code = 1;
			const told = error instanceof SandboxFailure ? error.message : error;
			console.error(told);
		}
	}
	await endAll();
	process.exit(code);
}
