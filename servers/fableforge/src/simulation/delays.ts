import { isSpecialist, SPECIALISTS, type Specialist } from '../specialists.js';

/** A span of time from which a delay is taken, in milliseconds; both ends belong to it. */
export interface DelayRange {
	from: number;
	to: number;
}

/** How long each simulated specialist takes; one that isn't listed answers at once. */
export type Delays = Partial<Record<Specialist, DelayRange>>;

/** The longest delay that can be set: an hour, far beyond every timeout of the contract. */
const LONGEST_DELAY_MS = 3_600_000;

/**
 * Reads `0`, `1000`, `1000-3000` (for every specialist) or `cultural=5000,prose=1000-2000`.
 * Gives the rest of a sentence about the setting where it can't be read.
 */
export function parseDelays(setting: string): Delays | string {
	if (!setting.includes('=')) {
		const range = parseRange(setting);
		if (typeof range === 'string') return range;
		return Object.fromEntries(SPECIALISTS.map((specialist) => [specialist, range]));
	}
	const delays: Delays = {};
	for (const part of setting.split(',')) {
		const [name = '', value = ''] = part.split('=').map((piece) => piece.trim());
		if (!isSpecialist(name)) {
			return `names "${name}": the specialists are ${SPECIALISTS.join(', ')}.`;
		}
		if (delays[name]) return `names ${name} twice: give each specialist once.`;
		const range = parseRange(value);
		if (typeof range === 'string') return range;
		delays[name] = range;
	}
	return delays;
}

function parseRange(value: string): DelayRange | string {
	const found = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(value.trim());
	const from = Number(found?.[1]);
	const to = Number(found?.[2] ?? found?.[1]);
	if (!found || from > to || to > LONGEST_DELAY_MS) {
		return (
			`holds "${value}": give milliseconds from 0 to ${LONGEST_DELAY_MS}, as 1000, as 1000-3000, ` +
			'or for each specialist as cultural=5000,prose=1000-2000.'
		);
	}
	return { from, to };
}
