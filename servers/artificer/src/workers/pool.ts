import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { Failure } from '../calls/failure.js';
import { logFault } from '../calls/log.js';
import type { JobInput, JobName, JobOutput, JobReply } from './jobs.js';
import { Turns } from './turns.js';

/** Why a worker ended in the middle of a job. */
export type WorkerEnd = 'cancelled' | 'time limit' | 'memory' | 'crash';

/** Who is told what happens in the pool. */
export interface PoolObserver {
	/** How long a job waited for its worker. */
	jobWaited(ms: number): void;
	workerEnded(reason: WorkerEnd): void;
}

export interface PoolOptions {
	/** Threads, and jobs at once. */
	workers: number;
	/** Longest time a job may compute, in ms; waiting for a worker doesn't count. */
	jobTimeoutMs: number;
	/** JavaScript heap of a worker, MiB. */
	heapMb: number;
	observer: PoolObserver;
}

/** A worker that nobody needed for this long ends, in ms: an engine holds up to 100 MB. */
const IDLE_MS = 60_000;

function timeUp(limitMs: number): Failure {
	return new Failure(
		'DEADLINE_EXCEEDED',
		`The work took longer than this server's limit of ${limitMs} ms for one job. ` +
			'Send a smaller input, or raise ARTIFICER_JOB_TIMEOUT_MS on the server.',
	);
}

const isOutOfMemory = (error: Error): boolean =>
	'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const isEnd = ({ message }: Error): boolean =>
	/worker (has )?(exited|thread exited)|terminating worker thread/i.test(message);

/** A job may be given up when its answer is on the way already: no fault, nobody waits for it. */
const isLateAnswer = ({ message }: Error): boolean =>
	message.startsWith('Unexpected message from Worker');

/** Why the worker of a job that failed ended; undefined where it goes on. */
function whyWorkerEnded(error: unknown, limited: AbortSignal): WorkerEnd | undefined {
	if (limited.aborted) {
		const { reason } = limited;
		const isTimeUp = reason instanceof Failure && reason.code === 'DEADLINE_EXCEEDED';
		return isTimeUp ? 'time limit' : 'cancelled';
	}
	if (!(error instanceof Error)) return undefined;
	if (isOutOfMemory(error)) return 'memory';
	return isEnd(error) ? 'crash' : undefined;
}

/** What a worker's end means to the one whose job it took along. */
function workerFailure(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	if (isOutOfMemory(error)) {
		return new Failure(
			'RESOURCE_EXHAUSTED',
			'The input needs more memory than a worker of this server may use. ' +
				'Send a smaller input, or raise ARTIFICER_WORKER_HEAP_MB on the server.',
		);
	}
	if (isEnd(error)) {
		return new Failure(
			'UNAVAILABLE',
			'The worker that had this call ended; another takes its place. Try again.',
		);
	}
	return error;
}

function oneThread(minThreads: 0 | 1, heapMb: number): Piscina {
	const thread = new Piscina({
		filename: fileURLToPath(new URL('./worker.js', import.meta.url)),
		name: 'perform',
		minThreads,
		maxThreads: 1,
		idleTimeout: IDLE_MS,
		// In "sync" mode an idle worker blocks its event loop, and timers in it never fire.
		atomics: 'disabled',
		resourceLimits: { maxOldGenerationSizeMb: heapMb },
		// A worker needs the environment for nothing, and so can't leak a secret from it.
		env: { OMP_THREAD_LIMIT: '1' },
	});
	// An idle worker that ends is replaced; without a listener its end would be the process'.
	thread.on('error', (error: Error) => {
		if (!isLateAnswer(error)) logFault(error);
	});
	return thread;
}

/** Where everything that computes runs: threads that are replaced when they hang or crash. */
export class Pool {
	readonly workers: number;
	private readonly turns: Turns<Piscina>;
	/** One for each place, so that a call finds again what it has opened there. */
	private readonly threads: Piscina[];

	constructor(private readonly options: PoolOptions) {
		this.workers = options.workers;
		this.threads = Array.from({ length: options.workers }, (_, place) => {
			// One is kept for the next call, however long it takes to come.
			return oneThread(place === 0 ? 1 : 0, options.heapMb);
		});
		this.turns = new Turns(this.threads, (ms) => options.observer.jobWaited(ms));
	}

	/** Jobs that wait for a worker. */
	get waiting(): number {
		return this.turns.waitingCount;
	}

	/** Jobs on a worker. */
	get computing(): number {
		return this.turns.takenCount;
	}

	/** Runs a job on a worker. Aborting ends the worker in the middle of it and starts another. */
	run<Name extends JobName>(
		name: Name,
		input: JobInput<Name>,
		signal: AbortSignal,
	): Promise<JobOutput<Name>> {
		const work = async (limited: AbortSignal, thread: Piscina): Promise<JobReply<Name>> => {
			try {
				return (await thread.run({ name, input }, { signal: limited })) as JobReply<Name>;
			} catch (error) {
				const reason = whyWorkerEnded(error, limited);
				if (reason !== undefined) this.options.observer.workerEnded(reason);
				throw error;
			}
		};
		return this.occupy(work, signal).then((reply) => {
			if ('failure' in reply) throw new Failure(reply.failure.code, reply.failure.message);
			return reply.value;
		});
	}

	/**
	 * Runs work that computes elsewhere, such as a program of the system's, in a worker's place and
	 * within the same limits. The work has to end when its signal is aborted.
	 */
	occupy<Result>(
		work: (signal: AbortSignal, thread: Piscina) => Promise<Result>,
		signal: AbortSignal,
	): Promise<Result> {
		return this.turns.run(async (thread) => {
			const limit = new AbortController();
			const { jobTimeoutMs } = this.options;
			const timer = setTimeout(() => limit.abort(timeUp(jobTimeoutMs)), jobTimeoutMs);
			const either = AbortSignal.any([signal, limit.signal]);
			try {
				return await work(either, thread);
			} catch (error) {
				throw either.aborted ? either.reason : workerFailure(error);
			} finally {
				clearTimeout(timer);
			}
		}, signal);
	}

	async close(): Promise<void> {
		await Promise.all(this.threads.map((thread) => thread.destroy()));
	}
}
