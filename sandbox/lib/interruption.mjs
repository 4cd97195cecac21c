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

/** How often it is looked whether npm is still there, in ms. */
const parentInterval = 500;
/** Within so many ms, a second signal is the same Ctrl-C, passed on by npm. */
const sameSignal = 1_000;

/**
 * From now on Ctrl-C and SIGTERM end every process that was started, at whatever point of the run
 * it is; what waits for them then fails, tidies up after itself, and the run ends. Who insists is
 * obeyed at once.
 *
 * @param {() => Promise<void>} [endProcesses] where they have to end in an order
 */
export function endOnSignals(endProcesses = endAll) {
	let first = 0;
	const end = () => {
		if (interrupted.aborted) {
			if (Date.now() - first > sameSignal) process.exit(130);
			return;
		}
		first = Date.now();
		interruption.abort(new Interrupted());
		void endProcesses();
	};
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, end);
	}
	if (process.env.npm_lifecycle_event) endWithParent(end);
}

/**
 * npm passes a SIGTERM on to the shell between it and us, which keeps it for itself and ends: that
 * we have lost our parent is all that we hear of it.
 *
 * @param {() => void} end
 */
function endWithParent(end) {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		end();
	}, parentInterval);
	timer.unref();
}
