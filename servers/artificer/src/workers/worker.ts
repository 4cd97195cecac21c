import { Failure, tooMuch } from '../calls/failure.js';
import { jobs, type JobInput, type JobName, type JobReply } from './jobs.js';

/** What the pool sends to a worker. */
interface Job<Name extends JobName> {
	name: Name;
	input: JobInput<Name>;
}

const TOO_LONG =
	'The answer would be longer than a text can be in this server, which is half a gigabyte. ' +
	'Send a smaller input.';

/** Node's own complaint about such a text. */
const isTooLong = (error: unknown): boolean =>
	error instanceof RangeError && error.message === 'Invalid string length';

/**
 * Runs one job in this thread. Failures that the caller is to hear about are sent as data: an error
 * that crosses threads loses its class and its code.
 */
export async function perform<Name extends JobName>(job: Job<Name>): Promise<JobReply<Name>> {
	const work = jobs[job.name] as (input: JobInput<Name>) => Promise<unknown>;
	try {
		return { value: await work(job.input) } as JobReply<Name>;
	} catch (error) {
		const failure = isTooLong(error) ? tooMuch(TOO_LONG) : error;
		if (!(failure instanceof Failure)) throw failure;
		return { failure: { code: failure.code, message: failure.message } };
	}
}
