// @ts-check
import { duration } from './terminal.mjs';

/** How often a step that takes long says where it is, in ms, where no line can be drawn over. */
const quietInterval = 20_000;
/** How often the line of a running step is drawn again on a terminal, in ms. */
const redrawInterval = 500;

/**
 * @callback Report says where a running step is: a few words, shown beside the elapsed time
 * @param {string} where
 * @returns {void}
 */

/**
 * Prints the steps of a run: one line a step, with progress while it is long.
 */
export class Steps {
	/** @type {NodeJS.WriteStream} */
	#out;
	/** @type {boolean} */
	#redraw;

	/** @param {NodeJS.WriteStream} [out] where to print; standard output by default */
	constructor(out = process.stdout) {
		this.#out = out;
		this.#redraw = Boolean(out.isTTY);
	}

	/**
	 * Does one step. What it returns as `note` stands behind its title.
	 *
	 * @template {{ note?: string } | void} T
	 * @param {string} title
	 * @param {(report: Report) => Promise<T>} work
	 * @returns {Promise<T>}
	 */
	async run(title, work) {
		const begun = Date.now();
		let where = '';
		const line = () => `  … ${title}${where ? `: ${where}` : ''} (${duration(Date.now() - begun)})`;
		const timer = setInterval(
			() => (this.#redraw ? this.#draw(line()) : this.#out.write(`${line()}\n`)),
			this.#redraw ? redrawInterval : quietInterval,
		);
		timer.unref();
		try {
			const result = await work((text) => {
				where = text;
			});
			const note = result?.note ? `: ${result.note}` : '';
			this.#finish(`  ✔ ${title}${note} (${duration(Date.now() - begun)})`);
			return result;
		} catch (error) {
			this.#finish(`  ✘ ${title} (${duration(Date.now() - begun)})`);
			throw error;
		} finally {
			clearInterval(timer);
		}
	}

	/** @param {string} text */
	say(text) {
		this.#out.write(`${text}\n`);
	}

	/** @param {string} text */
	#draw(text) {
		const width = this.#out.columns || 80;
		this.#out.write(`\r\x1b[K${text.length < width ? text : `${text.slice(0, width - 2)}…`}`);
	}

	/** @param {string} text */
	#finish(text) {
		this.#out.write(this.#redraw ? `\r\x1b[K${text}\n` : `${text}\n`);
	}
}
