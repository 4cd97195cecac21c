import { readModelSettings, type ModelSettings } from '../model/modelSettings.js';
import { parseDelays, type Delays } from '../simulation/delays.js';
import { Environment, SettingsProblem } from './environment.js';

/** What a FableForge server is told by its environment. */
export interface Settings {
	/** `FABLEFORGE_HOST`: the address to listen on. Default 127.0.0.1, this machine alone. */
	host: string;
	/** `FABLEFORGE_PORT`: 0 (a free port of the system's choice) to 65535. Default 8080. */
	port: number;
	/** `FABLEFORGE_API_KEY`: the bearer token that requests must carry. Unset: none is asked for. */
	apiKey: string | undefined;
	/**
	 * `FABLEFORGE_BODY_LIMIT`: the largest body in bytes, 1,024 to 104,857,600; an address may hold a
	 * text of that size as well. Default 1,048,576 (1 MiB): a novel of 350,000 Korean syllables.
	 */
	bodyLimit: number;
	/**
	 * `FABLEFORGE_MAX_REQUESTS`: how many requests are served at once, 1 to 100,000; more are answered
	 * 503. Default 256: fifty documents with five specialists each.
	 */
	maxRequests: number;
	/**
	 * `FABLEFORGE_WORKERS`: how many texts are tagged or compared at once, 1 to 64; each thread takes up
	 * to 320 MB for its dictionaries. Default 2.
	 */
	workers: number;
	/**
	 * `FABLEFORGE_DELAY_MS`: how long simulated specialists take, in ms: `1000`, `1000-3000`, or each
	 * on its own, `cultural=5000,prose=1000-2000`. Default 0.
	 */
	delays: Delays;
	/** `FABLEFORGE_FAILURE_RATE`: the share of simulated refinements that fail, 0 to 1. Default 0. */
	failureRate: number;
	/** `FABLEFORGE_SEED`: any text; the same seed gives the same delays and failures. Default "0". */
	seed: string;
	/** `FABLEFORGE_LLM_…`: the model behind the specialists. Undefined: they are simulated. */
	model: ModelSettings | undefined;
}

/** Reads the settings; throws a SettingsProblem for the first one that can't be used. */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
	const environment = new Environment(variables);
	const whole = (lowest: number, highest: number) => ({ lowest, highest, whole: true });
	return {
		host: environment.text('FABLEFORGE_HOST') ?? '127.0.0.1',
		port: environment.number('FABLEFORGE_PORT', 8080, whole(0, 65_535)),
		apiKey: environment.text('FABLEFORGE_API_KEY'),
		bodyLimit: environment.number('FABLEFORGE_BODY_LIMIT', 1_048_576, whole(1_024, 104_857_600)),
		maxRequests: environment.number('FABLEFORGE_MAX_REQUESTS', 256, whole(1, 100_000)),
		workers: environment.number('FABLEFORGE_WORKERS', 2, whole(1, 64)),
		delays: readDelays(environment.text('FABLEFORGE_DELAY_MS') ?? '0'),
		failureRate: environment.number('FABLEFORGE_FAILURE_RATE', 0, {
			lowest: 0,
			highest: 1,
			whole: false,
		}),
		seed: environment.text('FABLEFORGE_SEED') ?? '0',
		model: readModelSettings(environment),
	};
}

function readDelays(value: string): Delays {
	const delays = parseDelays(value);
	if (typeof delays === 'string') throw new SettingsProblem(`FABLEFORGE_DELAY_MS ${delays}`);
	return delays;
}
