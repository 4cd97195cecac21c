import { HostProcess } from './hostProcess';
import type { FinishedRun, PlainCredential, WorkflowJson } from './workflows';

export interface Contents {
	/** Put into n8n under their ids, encrypted by it. */
	credentials?: PlainCredential[];
	/** Each with an id. */
	workflows?: WorkflowJson[];
	/** Settings of n8n's, by their environment variables. */
	settings?: Record<string, string>;
}

/**
 * The whole real n8n with the packed package, in a user folder of its own and without a server:
 * each run is one `n8n execute`, which takes 5 to 10 s.
 */
export class HeadlessN8n {
	private constructor(
		private readonly host: HostProcess,
		/** The folder that n8n's file nodes may read and write. */
		readonly filesFolder: string,
	) {}

	static async open({
		credentials = [],
		workflows = [],
		settings = {},
	}: Contents): Promise<HeadlessN8n> {
		const host = await HostProcess.start('headlessHost.mjs');
		try {
			const { filesFolder } = await host.call<{ filesFolder: string }>('open', {
				credentials,
				workflows,
				settings,
			});
			return new HeadlessN8n(host, filesFolder);
		} catch (failure) {
			await host.close();
			throw failure;
		}
	}

	/**
	 * Runs a workflow from its sub-workflow trigger, else from its manual trigger.
	 *
	 * @returns the run, and how n8n ended; judge by the run's status
	 */
	async execute(
		workflowId: string,
	): Promise<{ code: number | null; signal: string | null; run: FinishedRun }> {
		return await this.host.call('execute', workflowId);
	}

	async close(): Promise<void> {
		await this.host.close();
	}
}
