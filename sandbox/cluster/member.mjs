// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import { interrupted } from '../lib/interruption.mjs';
import { endProcess, signalGroup } from '../lib/processes.mjs';
import { ready } from '../lib/services.mjs';
import { duration } from '../lib/terminal.mjs';

/** How long it takes until what ended is started again, in ms: twice as long each time. */
const firstWait = 1_000;
const longestWait = 30_000;
/** What ran for so long, in ms, had started well: the next wait is a first one again. */
const steadyAfter = 60_000;

/**
 * @typedef {import('../lib/processes.mjs').Started} Started
 */

/**
 * A process of the cluster. Whenever it ends by itself, it is started again.
 */
export class Member {
	/** @type {() => Promise<Started>} */
	#launch;
	/** @type {() => Promise<boolean>} */
	#answers;
	/** @type {(line: string) => void} */
	#say;
	/** @type {Started | undefined} */
	#current;
	#wanted = false;
	#wait = firstWait;
	#starts = 0;

	/**
	 * @param {object} options
	 * @param {string} options.name
	 * @param {() => Promise<Started>} options.launch
	 * @param {() => Promise<boolean>} options.answers whether it does its work
	 * @param {(line: string) => void} options.say told when it ends, and when it is started again
	 */
	constructor({ name, launch, answers, say }) {
		this.name = name;
		this.#launch = launch;
		this.#answers = answers;
		this.#say = say;
	}

	/** How often it has been started. */
	get starts() {
		return this.#starts;
	}

	get running() {
		return this.#current?.running() === true;
	}

	/** @returns {number} the process's id; fails while it doesn't run */
	get pid() {
		if (!this.#current) throw new Error(`${this.name} doesn't run just now`);
		return this.#current.pid;
	}

	/** Starts it, and waits until it does its work. Should it end before, that is a failure. */
	async start() {
		this.#wanted = true;
		this.#current = await this.#started();
		await ready(this.#current, this.#answers);
		void this.#watch(this.#current);
	}

	/** Waits until it does its work, after it was started again, say. */
	async ready() {
		while (!(this.#current?.running() && (await this.#answers()))) {
			await wait(100, undefined, { signal: interrupted });
		}
	}

	/**
	 * Makes it end as something from outside would; it is started again.
	 *
	 * @param {NodeJS.Signals} signal
	 */
	async strike(signal) {
		const struck = this.#current;
		if (!struck) throw new Error(`${this.name} doesn't run just now`);
		signalGroup(struck.pid, signal);
		await struck.ended;
	}

	/** Ends it for good, or until it is started. */
	async stop() {
		this.#wanted = false;
		if (this.#current) await endProcess(this.#current);
		this.#current = undefined;
	}

	async #started() {
		this.#starts += 1;
		return await this.#launch();
	}

	/** @param {Started} started */
	async #watch(started) {
		for (let watched = started; ;) {
			const begun = Date.now();
			const { code, signal } = await watched.ended;
			if (!this.#goesOn()) return;
			// A child of its own that overstays would keep a port.
			signalGroup(watched.pid, 'SIGKILL');
			if (Date.now() - begun > steadyAfter) this.#wait = firstWait;
			this.#current = undefined;
			const how = signal ? `by ${signal}` : `with exit code ${code}`;
			this.#say(
				`${this.name} ended ${how}; it is started again in ${duration(this.#wait)}. Its log: ${watched.logFile}`,
			);
			await wait(this.#wait, undefined, { signal: interrupted }).catch(() => undefined);
			this.#wait = Math.min(2 * this.#wait, longestWait);
			if (!this.#goesOn()) return;
			watched = await this.#started();
			// Somebody may have ended all meanwhile.
			if (!this.#goesOn()) return await endProcess(watched);
			this.#current = watched;
			void this.#tellWhenBack(watched);
		}
	}

	/** @param {Started} started */
	async #tellWhenBack(started) {
		while (this.#goesOn() && started.running()) {
			if (await this.#answers()) {
				this.#say(`${this.name} is back.`);
				return;
			}
			await wait(200, undefined, { signal: interrupted }).catch(() => undefined);
		}
	}

	#goesOn() {
		return this.#wanted && !interrupted.aborted;
	}
}
