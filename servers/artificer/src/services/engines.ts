import type { JobName } from '../workers/jobs.js';
import type { Pool } from '../workers/pool.js';
import type { Ocr } from './ocr.js';

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

	constructor(
		pool: Pool,
		private readonly ocr: Ocr,
	) {
		const never = new AbortController().signal;
		const probes: [string, Promise<boolean>][] = Object.entries(PROBES).map(([name, job]) => [
			name,
			pool.run(job, {}, never).then(
				() => true,
				() => false,
			),
		]);
		const all = [...probes, ['ocr', ocr.works()] as const];
		this.found = Promise.all(all.map(async ([name, works]) => [name, await works] as const)).then(
			(entries) => Object.fromEntries(entries),
		);
	}

	/**
	 * The model, where one is configured, is judged by its last answers: asking it would cost each time
	 * that somebody asks for health.
	 */
	async available(): Promise<Record<string, boolean>> {
		const vision = this.ocr.modelWorks;
		return { ...(await this.found), ...(vision === undefined ? {} : { vision }) };
	}
}
