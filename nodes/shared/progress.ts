import type { IExecuteFunctions } from 'n8n-workflow';

import type { CallFailure } from './failures';
import type { Item } from './item';
import type { Outcome } from './outcome';

/** Keeps count of a run, tells the user while it goes on, and what needs their eye at its end. */
export class Progress {
	private done = 0;
	private retried = 0;
	private cached = 0;
	private readonly hints = new Set<string>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly total: number,
	) {}

	/** The run begins. */
	begun({ resource, name }: { resource: string; name: string }, atOnce: number): void {
		this.context.logger.info('Work on items begins', {
			node: this.context.getNode().name,
			operation: `${resource}: ${name}`,
			items: this.total,
			atOnce,
		});
	}

	/** A call waits before its next try. */
	waiting(
		item: Item,
		retry: { failure: CallFailure; waitMs: number; nextTry: number; of: number },
	): void {
		this.retried += 1;
		const wait = `waiting ${retry.waitMs / 1000} s, try ${retry.nextTry} of ${retry.of}`;
		const where = `item ${item.index}${item.fileName ? ` (${item.fileName})` : ''}`;
		this.tell(`${where}: ${retry.failure.message}; ${wait}`);
		this.context.logger.info('Call is tried again', {
			node: this.context.getNode().name,
			item: item.index,
			status: retry.failure.facts.status ?? retry.failure.kind,
			waitMs: retry.waitMs,
			nextTry: retry.nextTry,
		});
	}

	/** An item is done, well or not. */
	ended(item: Item, outcome: Outcome<unknown>): void {
		this.done += 1;
		if (outcome.cached) {
			this.cached += 1;
			this.context.logger.debug('Answer came from the cache', {
				node: this.context.getNode().name,
				item: item.index,
			});
		}
		if (outcome.status !== 'success') {
			this.context.logger.info('Item did not succeed', {
				node: this.context.getNode().name,
				item: item.index,
				status: outcome.failure.facts.status ?? outcome.failure.kind,
				tries: outcome.tries,
			});
		}
		// One line for each tenth, so that a thousand small items don't flood the browser's console.
		const step = Math.max(1, Math.ceil(this.total / 10));
		if (this.total > 1 && this.done % step === 0) {
			this.tell(`${this.done} of ${this.total}, ${this.retried} retried`);
		}
	}

	/** The folder of the cache can't be used: for whoever runs n8n, since no result suffers from it. */
	cacheUnusable(reason: string): void {
		this.context.logger.warn(
			`The folder of the Artificer cache can't be used, calls go on without it: ${reason}`,
			{ node: this.context.getNode().name },
		);
	}

	/** Something that the user should know, said once however often it comes up. */
	note(hint: string | undefined): void {
		if (hint) this.hints.add(hint);
	}

	/** Leaves a hint in the output pane about what the numbers alone don't show. */
	conclude(): void {
		for (const message of this.hints) {
			this.context.addExecutionHints({ message, location: 'outputPane' });
		}
		if (this.retried > 0) {
			this.context.addExecutionHints({
				message: `${this.retried} ${this.retried === 1 ? 'call was' : 'calls were'} tried again. The waits are set by Retries and Waits Between Tries in the options.`,
				location: 'outputPane',
			});
		}
		if (this.cached > 0) {
			this.context.addExecutionHints({
				message: `${this.cached} of ${this.total} ${this.total === 1 ? 'answer' : 'answers'} came from the cache of this node. Set Cache to 0 in the options to ask anew.`,
				location: 'outputPane',
			});
		}
		if (this.context.getNode().retryOnFail) {
			this.context.addExecutionHints({
				message:
					"n8n's own Retry On Fail is on: it repeats all items. Switch it off and use Retries in the options, which repeats only what did not succeed.",
				type: 'warning',
				location: 'outputPane',
			});
		}
	}

	private tell(message: string): void {
		this.context.sendMessageToUI(message);
	}
}
