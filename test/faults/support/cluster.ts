import { setTimeout as wait } from 'node:timers/promises';
import { HostProcess } from '../../executor/support/hostProcess';

interface Opened {
	/** That the webhooks of templates ask for. */
	header: { name: string; value: string };
	/** The address that takes batches. */
	batch: string;
	address: string;
	webhooks: string;
	fableForge: string;
	folder: string;
}

export interface ClusterWishes {
	size: { workers: number; artificers: number; concurrency: number };
	/** n8n's settings for all of its processes. */
	n8nSettings: Record<string, string>;
	fableForgeSettings: Record<string, string>;
	/** What is to be otherwise in the two templates of batches, and which are live besides. */
	wishes: {
		settings: Record<string, number>;
		recoverySeconds: number;
		options: Record<string, unknown>;
		further: string[];
	};
}

/** An execution as n8n's database has it. */
export interface ExecutionRow {
	id: number;
	status: string;
	mode: string;
	retryOf: string | null;
	workflowId: string;
}

/** n8n in queue mode, with two workers and all that belongs to it, for tests that strike parts of it. */
export class Cluster {
	private constructor(
		private readonly host: HostProcess,
		readonly opened: Opened,
	) {}

	static async open(wishes: ClusterWishes): Promise<Cluster> {
		const host = await HostProcess.start('../../faults/support/clusterHost.mjs');
		try {
			return new Cluster(host, await host.call<Opened>('open', wishes));
		} catch (failure) {
			await host.close();
			throw failure;
		}
	}

	/** What a request to a webhook of a template has to carry. */
	get header(): Record<string, string> {
		const { name, value } = this.opened.header;
		return { [name]: value };
	}

	/** Ends a process of the cluster as something from outside would; it is started again. */
	async strike(name: string, signal: NodeJS.Signals): Promise<void> {
		await this.host.call('strike', name, signal);
	}

	/** Ends a process for as long as it isn't started. */
	async stop(name: string): Promise<void> {
		await this.host.call('stop', name);
	}

	async start(name: string): Promise<void> {
		await this.host.call('start', name);
	}

	/** How often a process was started. */
	async starts(name: string): Promise<number> {
		return await this.host.call('starts', name);
	}

	/** Waits until all processes of the cluster do their work. */
	async ready(): Promise<void> {
		await this.host.call('ready');
	}

	async useFableForge(url: string): Promise<void> {
		await this.host.call('useFableForge', url);
	}

	/** How many executions that a webhook has started run just now. */
	async running(): Promise<number> {
		const open = `select id from execution_entity where status = 'running' and mode = 'webhook'`;
		return (await this.query(open)).length;
	}

	/** What n8n's data table of a name holds; nothing while there is none. */
	async rowsOf<Row>(table: string): Promise<Row[]> {
		const [found] = await this.query<{ id: string }>('select id from data_table where name = $1', [
			table,
		]);
		return found ? await this.query<Row>(`select * from "data_table_user_${found.id}"`) : [];
	}

	/** The documents of a batch, as the template «Distributed Batch» keeps them. */
	async documentsOf(batch: string): Promise<Array<{ document_id: string; status: string }>> {
		const rows = await this.rowsOf<{ batch_id: string; document_id: string; status: string }>(
			'distributed_batch_documents',
		);
		return rows.filter(({ batch_id }) => batch_id === batch);
	}

	async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
		return await this.host.call('query', text, values);
	}

	async pids(): Promise<number[]> {
		return await this.host.call('pids');
	}

	/** What the cluster has said of what ended and came back. */
	async said(): Promise<string[]> {
		return await this.host.call('said');
	}

	/** A workflow's executions, oldest first. */
	async executionsOf(workflowId: string): Promise<ExecutionRow[]> {
		return await this.query<ExecutionRow>(
			'select id, status, mode, "retryOf", "workflowId" from execution_entity where "workflowId" = $1 order by id',
			[workflowId],
		);
	}

	/** Waits until nothing runs or waits to run any more, but for what a schedule starts. */
	async quiet(): Promise<void> {
		const open = `select id from execution_entity where status in ('new', 'running', 'unknown') and mode <> 'trigger'`;
		while ((await this.query(open)).length > 0) await wait(500);
	}

	async close(): Promise<void> {
		await this.host.close();
	}
}
