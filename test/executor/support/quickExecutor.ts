import type { IDataObject, INodeExecutionData, IPinData } from 'n8n-workflow';
import { HostProcess } from './hostProcess';
import type { FinishedRun, WorkflowJson } from './workflows';

export interface QuickCase {
	workflow: WorkflowJson;
	/** Plain data by credential id; what is left out has the credential type's default. */
	credentials?: Record<string, IDataObject>;
	/** What a node gives instead of running, by its name: so a case's items come in by its trigger. */
	pinData?: IPinData | Record<string, INodeExecutionData[]>;
	/** Whether the files in pinData are put into n8n's store first, as uploaded files are; default false. */
	storeFiles?: boolean;
	/** By hand (the default) or as an active workflow runs. */
	mode?: 'manual' | 'trigger';
}

export interface QuickRun extends FinishedRun {
	/** What nodes have sent to the editor meanwhile. */
	messages: Array<{ type: string; data: unknown }>;
}

/** A run that is under way. */
export interface Underway {
	/** Stops it as the editor's Stop does. */
	cancel(): Promise<void>;
	result(): Promise<QuickRun>;
}

/**
 * n8n's own executor in a process beside the tests, with n8n's nodes and the packed package's, and
 * without database, server or task runner: a case takes milliseconds. One process serves many
 * cases, also at once.
 */
export class QuickExecutor {
	private constructor(private readonly host: HostProcess) {}

	/** @param env added to the environment of n8n's process */
	static async start(env: Record<string, string> = {}): Promise<QuickExecutor> {
		return new QuickExecutor(await HostProcess.start('quickHost.mjs', env));
	}

	async run(given: QuickCase): Promise<QuickRun> {
		return await (await this.begin(given)).result();
	}

	async begin(given: QuickCase): Promise<Underway> {
		const run = await this.host.call<number>('start', given);
		return {
			cancel: async () => await this.host.call('cancel', run),
			result: async () => await this.host.call<QuickRun>('result', run),
		};
	}

	/** The bytes of a file in a run's output, by `binary.<name>.id`. */
	async file(id: string): Promise<Buffer> {
		return Buffer.from(await this.host.call<Uint8Array>('file', id));
	}

	async close(): Promise<void> {
		await this.host.close();
	}
}
