import { createHash } from 'node:crypto';
import type { Specialist } from '../specialists.js';
import type { Delays } from './delays.js';

/** One try of a specialist at a text. */
export interface Try {
	specialist: Specialist;
	text: string;
	/** Which try of this text by this specialist it is, from 1. */
	attempt: number;
}

/** What becomes of a try. */
export interface Fate {
	/** How long it takes, in whole milliseconds. */
	delayMs: number;
	/** Whether it fails, once that time has passed. */
	fails: boolean;
	/** How sure the specialist is of its text, 0.7 to 0.99. */
	confidence: number;
}

/** What, besides the try itself, decides its fate. */
export interface Odds {
	seed: string;
	delays: Delays;
	/** The share of tries that fail, 0 to 1. */
	failureRate: number;
}

/**
 * The fate of a try: the same for the same seed, specialist, text and number of the try, whatever
 * else the server does meanwhile, so that a run with failures can be repeated exactly.
 */
export function fateOf(attempted: Try, odds: Odds): Fate {
	const draw = (purpose: string) => fraction([odds.seed, purpose, attempted]);
	const range = odds.delays[attempted.specialist] ?? { from: 0, to: 0 };
	return {
		delayMs: range.from + Math.floor(draw('delay') * (range.to - range.from + 1)),
		fails: draw('failure') < odds.failureRate,
		confidence: Math.round((0.7 + draw('confidence') * 0.29) * 100) / 100,
	};
}

/** A number from 0 up to, not including, 1, spread evenly over all that can be drawn from. */
function fraction([seed, purpose, { specialist, text, attempt }]: [string, string, Try]): number {
	const digest = createHash('sha256')
		.update(JSON.stringify([seed, purpose, specialist, text, attempt]))
		.digest();
	// 48 bits: the most that readUIntBE gives, and exact in a double.
	return digest.readUIntBE(0, 6) / 2 ** 48;
}
