// @ts-check
import { parseArgs } from 'node:util';
import { SandboxFailure } from '../lib/failures.mjs';

/**
 * @typedef {object} ClusterSize
 * @property {number} workers `--workers`: n8n's workers. Default 2, at most 16
 * @property {number} artificers `--artificers`: Artificer servers. Default 2, at most 16
 * @property {number} concurrency `--concurrency`: executions that a worker runs at once. Default 10,
 * which is n8n's own; at most 100
 */

const options = {
	workers: { standard: 2, most: 16 },
	artificers: { standard: 2, most: 16 },
	concurrency: { standard: 10, most: 100 },
};

/**
 * Reads the command's arguments; a wrong one is a sentence.
 *
 * @param {string[]} args
 * @returns {ClusterSize}
 */
export function readClusterSize(args) {
	const names = /** @type {(keyof typeof options)[]} */ (Object.keys(options));
	const known = names.map((name) => `--${name}`).join(', ');
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
		}));
	} catch (error) {
		throw new SandboxFailure(
			`npm run cluster knows ${known}, each with a number (as «npm run cluster -- --workers 2 --artificers 2»), not «${args.join(' ')}».`,
			{ cause: error },
		);
	}
	const read = Object.fromEntries(names.map((name) => [name, numberOf(name, values[name])]));
	return /** @type {ClusterSize} */ (/** @type {unknown} */ (read));
}

/**
 * @param {keyof typeof options} name
 * @param {unknown} given
 */
function numberOf(name, given) {
	const { standard, most } = options[name];
	if (given === undefined) return standard;
	const number = Number(given);
	if (String(given).trim() === '' || !Number.isInteger(number) || number < 1 || number > most) {
		throw new SandboxFailure(
			`--${name} is «${given}»: give a whole number from 1 to ${most}, or leave it out for ${standard}.`,
		);
	}
	return number;
}
