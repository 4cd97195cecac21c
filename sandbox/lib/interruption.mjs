// @ts-check
import { Interrupted } from './failures.mjs';
import { endAll } from './processes.mjs';

const interruption = new AbortController();

/** Aborted as soon as the user ends the run: every wait listens to it. */
export const interrupted = interruption.signal;

/** Throws when the user has ended the run meanwhile. */
export function goOn() {
	if (interrupted.aborted) throw new Interrupted();
}

/**
 * From now on Ctrl-C and SIGTERM end every process that was started, at whatever point of the run
 * it is; what waits for them then fails, tidies up after itself, and the run ends. Who insists is
 * obeyed at once.
 */
export function endOnSignals() {
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => {
			// npm passes on the Ctrl-C that the terminal has already sent to us: within a second it is
			// the same one.
			if (interrupted.aborted) {
				if (Date.now() - interruptedAt > 1_000) process.exit(130);
				return;
			}
			interruptedAt = Date.now();
			interruption.abort(new Interrupted());
			void endAll();
		});
	}
}

let interruptedAt = 0;
