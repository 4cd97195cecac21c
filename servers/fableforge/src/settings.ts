import { parseDelays, type Delays } from './simulation/delays.js';

/** What a FableForge server is told by its environment. */
export interface Settings {
	/** `FABLEFORGE_HOST`: the address to listen on. Default 127.0.0.1, this machine alone. */
	host: string;
	/** `FABLEFORGE_PORT`: 0 (a free port of the system's choice) to 65535. Default 8080. */
	port: number;
	/** `FABLEFORGE_DELAY_MS`: how long simulated specialists take. Default 0. */
	delays: Delays;
	/** `FABLEFORGE_FAILURE_RATE`: the share of simulated refinements that fail, 0 to 1. Default 0. */
	failureRate: number;
	/** `FABLEFORGE_SEED`: any text; the same seed gives the same delays and failures. Default "0". */
	seed: string;
	/** `FABLEFORGE_API_KEY`: the bearer token that requests must carry. Unset: none is asked for. */
	apiKey: string | undefined;
}

/** A setting that can't be used; the message is one sentence for whoever started the server. */
export class SettingsProblem extends Error {}

/**
 * Reads the settings from environment variables; an empty variable counts as unset.
 * Throws a SettingsProblem for the first one that can't be used.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
	const given = (name: string) => environment[name]?.trim() || undefined;
	return {
		host: given('FABLEFORGE_HOST') ?? '127.0.0.1',
		port: readNumber('FABLEFORGE_PORT', given('FABLEFORGE_PORT') ?? '8080', {
			lowest: 0,
			highest: 65535,
			whole: true,
		}),
		delays: readDelays(given('FABLEFORGE_DELAY_MS') ?? '0'),
		failureRate: readNumber('FABLEFORGE_FAILURE_RATE', given('FABLEFORGE_FAILURE_RATE') ?? '0', {
			lowest: 0,
			highest: 1,
			whole: false,
		}),
		seed: given('FABLEFORGE_SEED') ?? '0',
		apiKey: given('FABLEFORGE_API_KEY'),
	};
}

interface NumberRange {
	lowest: number;
	highest: number;
	whole: boolean;
}

function readNumber(name: string, value: string, range: NumberRange): number {
	const number = Number(value);
	const fits = number >= range.lowest && number <= range.highest;
	if (!fits || (range.whole && !Number.isInteger(number))) {
		const kind = range.whole ? 'a whole number' : 'a number';
		throw new SettingsProblem(
			`${name} is "${value}": give ${kind} from ${range.lowest} to ${range.highest}.`,
		);
	}
	return number;
}

function readDelays(value: string): Delays {
	const delays = parseDelays(value);
	if (typeof delays === 'string') throw new SettingsProblem(`FABLEFORGE_DELAY_MS ${delays}`);
	return delays;
}
