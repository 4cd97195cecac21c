import type { JobName } from '../workers/jobs.js';
import type { Pool } from '../workers/pool.js';

/** Engine names, as HealthCheck answers them, and the job that shows that each one works. */
const PROBES = {
	pdf: 'probe/pdf',
	image: 'probe/image',
	text: 'probe/text',
	document: 'probe/document',
} as const satisfies Record<string, JobName>;

/**
 * Which engines work, found out by small real work on each once at start: HealthCheck has to
 * answer at once even while every worker is busy.
 */
export class Engines {
	private readonly found: Promise<Record<string, boolean>>;

	/** `ocr` tells whether text recognition works with the configured languages. */
	constructor(pool: Pool, ocr: () => Promise<boolean>) {
		const never = new AbortController().signal;
		const probes: [string, Promise<boolean>][] = Object.entries(PROBES).map(([name, job]) => [
			name,
			pool.run(job, {}, never).then(
				() => true,
				() => false,
			),
		]);
		const all = [...probes, ['ocr', ocr()] as const];
		this.found = Promise.all(all.map(async ([name, works]) => [name, await works] as const)).then(
			(entries) => Object.fromEntries(entries),
		);
	}

	available(): Promise<Record<string, boolean>> {
		return this.found;
	}
}
