import { Piscina } from 'piscina';
import type { Language } from '../tagging/morpheme.js';
import type { TaggedText } from '../tagging/tag.js';
import type { AgreeTask, TagTask } from './worker.js';

/** How long a thread without work keeps its analysers: 10 minutes, in ms. */
const IDLE_MS = 600_000;

/**
 * Work on texts that takes a processor for itself, in worker threads: a book takes seconds, in which
 * the server must still answer others. A thread is started when there is work for it.
 */
export class LanguageWork {
	private readonly pool: Piscina;

	/** At most so many texts are worked on at once; each thread loads the analysers it is asked for. */
	constructor(threads: number) {
		this.pool = new Piscina({
			filename: new URL('./worker.js', import.meta.url).href,
			minThreads: 0,
			maxThreads: threads,
			idleTimeout: IDLE_MS,
		});
	}

	/** Annotates a text; an abort ends the work at once. */
	async tag(text: string, language: Language, signal: AbortSignal): Promise<TaggedText> {
		const task: TagTask = { text, language };
		return (await this.pool.run(task, { name: 'tag', signal })) as TaggedText;
	}

	/** How much each text agrees with all the others, 0 to 100; an abort ends the work at once. */
	async agreement(texts: string[], signal: AbortSignal): Promise<number[]> {
		const task: AgreeTask = { texts };
		return (await this.pool.run(task, { name: 'agree', signal })) as number[];
	}

	/** Ends the threads; work that is underway is given up. */
	async close(): Promise<void> {
		await this.pool.destroy();
	}
}
