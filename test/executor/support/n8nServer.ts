import type { INodeTypeDescription } from 'n8n-workflow';
import { HostProcess } from './hostProcess';
import type { Contents } from './headlessN8n';
import type { FinishedRun, WorkflowJson } from './workflows';

interface Opened {
	address: string;
	login: { email: string; password: string };
	filesFolder: string;
	logFile: string;
}

export interface UploadedFile {
	name: string;
	/** MIME type. */
	type: string;
	content: Uint8Array;
}

/** An execution as n8n's executions list has it. */
export interface FinishedExecution extends FinishedRun {
	id: string;
	mode: string;
	startedAt: string;
	stoppedAt: string;
}

/**
 * The whole real n8n as a server with the packed package, in a user folder of its own: for
 * webhooks, forms, schedules, Stop, and for many runs one after another.
 */
export class N8nServer {
	private constructor(
		private readonly host: HostProcess,
		private readonly opened: Opened,
	) {}

	static async open({
		credentials = [],
		workflows = [],
		settings = {},
	}: Contents): Promise<N8nServer> {
		const host = await HostProcess.start('serverHost.mjs');
		try {
			return new N8nServer(
				host,
				await host.call<Opened>('open', { credentials, workflows, settings }),
			);
		} catch (failure) {
			await host.close();
			throw failure;
		}
	}

	/** The editor's address, under which webhooks and forms are too. */
	get address(): string {
		return this.opened.address;
	}

	/** The owner's login, for tests in a browser. */
	get login(): Opened['login'] {
		return this.opened.login;
	}

	/** The folder that n8n's file nodes may read and write. */
	get filesFolder(): string {
		return this.opened.filesFolder;
	}

	/** n8n's own log. */
	get logFile(): string {
		return this.opened.logFile;
	}

	/** @returns the workflow's id */
	async importWorkflow(workflow: WorkflowJson): Promise<string> {
		return await this.host.call('importWorkflow', workflow);
	}

	/** Starts a workflow by hand at one of its triggers, and gives the execution's id. */
	async begin(workflowId: string, trigger: string): Promise<string> {
		return await this.host.call('run', workflowId, trigger);
	}

	/** Runs a workflow by hand to its end. */
	async run(workflowId: string, trigger: string): Promise<FinishedExecution> {
		return await this.ended(await this.begin(workflowId, trigger));
	}

	/**
	 * Runs a workflow as somebody does who uploads a file in its form and looks at the page that comes
	 * at the end.
	 *
	 * @param trigger the form trigger's name
	 * @param file for the form's first file field; left out, the form is sent without one
	 */
	async runByForm(
		workflowId: string,
		trigger: string,
		file?: UploadedFile,
	): Promise<FinishedExecution> {
		return await this.host.call('runByForm', workflowId, trigger, file);
	}

	/** Makes a webhook or form trigger listen for one request, under its test address. */
	async listen(workflowId: string, trigger: string): Promise<void> {
		await this.host.call('listen', workflowId, trigger);
	}

	/** Waits until an execution has ended. */
	async ended(executionId: string): Promise<FinishedExecution> {
		return await this.host.call('ended', executionId);
	}

	/** The ids of a workflow's executions, newest first. */
	async executionsOf(workflowId: string): Promise<string[]> {
		return await this.host.call('executionsOf', workflowId);
	}

	/** What the Stop button does. */
	async stop(executionId: string): Promise<void> {
		await this.host.call('stop', executionId);
	}

	/** Publishes a workflow, so that its webhooks, forms and schedules are live. */
	async activate(workflowId: string): Promise<void> {
		await this.host.call('activate', workflowId);
	}

	/** Kills n8n without warning, as a loss of power would, and starts it again on what it has kept. */
	async crash(): Promise<void> {
		await this.host.call('crash');
	}

	/** The descriptions of all nodes that n8n has loaded, as the editor gets them. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.host.call('nodeTypes');
	}

	/** The bytes of a file in an execution's output, by `binary.<name>.id`. */
	async file(id: string): Promise<Buffer> {
		return Buffer.from(await this.host.call<Uint8Array>('file', id));
	}

	/** Any request of the editor's; gives what is in the answer's `data`. */
	async request<Result>(method: string, resource: string, body?: unknown): Promise<Result> {
		return await this.host.call('request', method, resource, body);
	}

	async close(): Promise<void> {
		await this.host.close();
	}
}
