import { Failure } from '../calls/failure.js';
import { jobs, type JobInput, type JobName, type JobReply } from './jobs.js';

/** What the pool sends to a worker. */
interface Job<Name extends JobName> {
	name: Name;
	input: JobInput<Name>;
}

/**
 * Runs one job in this thread. Failures that the caller is to hear about are sent as data: an error
 * that crosses threads loses its class and its code.
 */
export async function perform<Name extends JobName>(job: Job<Name>): Promise<JobReply<Name>> {
	const work = jobs[job.name] as (input: JobInput<Name>) => Promise<unknown>;
	try {
		return { value: await work(job.input) } as JobReply<Name>;
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return { failure: { code: error.code, message: error.message } };
	}
}
