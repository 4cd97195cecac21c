import { getHeapStatistics } from 'node:v8';
import { tooMuch } from '../calls/failure.js';

/**
 * Share of a worker's heap at which a job is ended. Node ends a thread at its limit, too, but a
 * thread that allocates faster than it notices takes the whole process along.
 */
const SHARE = 0.75;
/** Asking costs a microsecond, so it is done once in this many steps. */
const STEPS = 1024;

/** A function to be called at each step of long work; throws RESOURCE_EXHAUSTED in time. */
export function memoryGuard(): () => void {
	let steps = 0;
	return () => {
		steps += 1;
		if (steps % STEPS !== 0) return;
		const { used_heap_size, heap_size_limit } = getHeapStatistics();
		if (used_heap_size < SHARE * heap_size_limit) return;
		throw tooMuch(
			'The input needs more memory than a worker of this server may use. ' +
				'Send a smaller input, or raise ARTIFICER_WORKER_HEAP_MB on the server.',
		);
	};
}
