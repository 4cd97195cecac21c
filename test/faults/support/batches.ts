import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from './cluster';

/** How long a sender waits for a further outcome before it sends its batch again, in ms. */
const patience = 15_000;

export interface BatchDocument {
	document_id: string;
	text: string;
	language: string;
}

/** What the template says of a batch. */
export interface Account {
	documents: number;
	done: number;
	failed: number;
	missing: number;
	finished: boolean;
	results: { document_id: string }[];
	failures: { document_id: string; error: string }[];
}

/** A batch of documents that is worked on by the template «Distributed Batch». */
export class Batch {
	readonly documents: BatchDocument[];

	/**
	 * @param id no other batch of the cluster has it
	 * @param many documents; the text of each is its own, so that none is answered from a cache
	 */
	constructor(
		private readonly cluster: Cluster,
		readonly id: string,
		many: number,
	) {
		this.documents = Array.from({ length: many }, (_, place) => ({
			document_id: `${id}-${place}`,
			text: `안녕하세요, 이것은 ${id}의 ${place + 1}번째 문서입니다.`,
			language: 'kor',
		}));
	}

	/**
	 * Sends the batch; sent again, it goes on with what has no result. So it is sent again when nobody
	 * answers, as it is when n8n has taken its run for lost while it was being queued.
	 */
	async send(): Promise<void> {
		const post = async () =>
			await this.ask('POST', '', { batch_id: this.id, documents: this.documents });
		const response = await post().catch(async (error: Error) => {
			if (error.name !== 'TimeoutError') throw error;
			return await post();
		});
		if (response.status !== 202) {
			throw new Error(`The batch was answered ${response.status}: ${await response.text()}`);
		}
		await response.body?.cancel();
	}

	/** What has become of it so far; undefined while n8n can't say. */
	async account(): Promise<Account | undefined> {
		try {
			const response = await this.ask('GET', `?batch_id=${this.id}`);
			if (response.status !== 200) return undefined;
			return (await response.json()) as Account;
		} catch {
			return undefined;
		}
	}

	/** Waits until so many documents have an outcome. */
	async outcomes(many: number): Promise<Account> {
		for (;;) {
			const account = await this.account();
			if (account && account.done + account.failed >= many) return account;
			await wait(300);
		}
	}

	/** Waits until every document has an outcome. */
	async finished(): Promise<Account> {
		return await this.outcomes(this.documents.length);
	}

	/**
	 * Waits until every document has an outcome, and sends the batch again whenever no more have one
	 * for some time. A run that fails because a database was gone has no error of its own to tell of,
	 * and nobody runs it again: its sender does, as the template's notes have it.
	 */
	async finishedBySendingAgain(): Promise<Account> {
		let best = 0;
		let changed = Date.now();
		for (;;) {
			const account = await this.account();
			if (account?.finished) return account;
			const outcomes = (account?.done ?? 0) + (account?.failed ?? 0);
			if (outcomes > best) {
				best = outcomes;
				changed = Date.now();
			} else if (Date.now() - changed > patience) {
				await this.send();
				changed = Date.now();
			}
			await wait(500);
		}
	}

	private async ask(method: string, query: string, body?: unknown): Promise<Response> {
		return await fetch(`${this.cluster.opened.batch}${query}`, {
			method,
			headers: { ...this.cluster.header, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(30_000),
		});
	}
}
