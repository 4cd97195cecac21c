import { setTimeout as wait } from 'node:timers/promises';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { FableForgeServer } from '../../contract/support/fableforgeServer';
import { N8nServer, type FinishedExecution } from '../support/n8nServer';
import {
	itemsOf,
	type FinishedRun,
	type PlainCredential,
	type WorkflowNode,
} from '../support/workflows';
import { serviceCredentials, template, type Choices } from './files';

/** Nodes that don't try again, so that a service that is gone is told of at once. */
const triedOnce = {
	'n8n-nodes-artificer.artificer': { retries: 0 },
	'n8n-nodes-artificer.fableForge': { retries: 0 },
};

/** Credentials of services that are gone, and no waiting for them. */
export const withoutServices: Choices = {
	credentials: { artificerApi: 'artificerApi-gone', fableForgeApi: 'fableForgeApi-gone' },
	options: triedOnce,
};

/** Credentials of a FableForge whose specialists all fail. */
export const withFailingSpecialists: Choices = {
	credentials: { fableForgeApi: 'fableForgeApi-failing' },
	options: triedOnce,
};

/** One real n8n with both services, for all templates. */
export class Live {
	private copies = 0;

	private constructor(
		readonly n8n: N8nServer,
		readonly artificer: ArtificerServer,
		readonly fableForge: FableForgeServer,
		private readonly failing: FableForgeServer,
	) {}

	static async start(): Promise<Live> {
		const artificer = await startArtificerServer();
		const fableForge = await FableForgeServer.start({ FABLEFORGE_FAILURE_RATE: '0' });
		const failing = await FableForgeServer.start({ FABLEFORGE_FAILURE_RATE: '1' });
		const n8n = await N8nServer.open({
			credentials: [
				...serviceCredentials(artificer.address, fableForge.url),
				// Nobody listens on port 1.
				...serviceCredentials('127.0.0.1:1', 'http://127.0.0.1:1', '-gone'),
				...serviceCredentials(artificer.address, failing.url, '-failing'),
			],
		});
		return new Live(n8n, artificer, fableForge, failing);
	}

	async stop(): Promise<void> {
		await this.n8n.close();
		await this.artificer.stop();
		await this.fableForge.stop();
		await this.failing.stop();
	}

	/** Imports a template as a user sets it up; gives the workflow's id. */
	async import(id: string, choices: Choices = {}): Promise<string> {
		this.copies += 1;
		return await this.n8n.importWorkflow(template(id, { id: `${id}-${this.copies}`, ...choices }));
	}

	/** Runs a template by hand. */
	async run(id: string, choices: Choices = {}): Promise<FinishedExecution> {
		return await this.n8n.run(await this.import(id, choices), 'Run by Hand');
	}

	/** Imports a template and makes its triggers live. */
	async activate(id: string, choices: Choices = {}): Promise<string> {
		const workflow = await this.import(id, choices);
		await this.n8n.activate(workflow);
		return workflow;
	}

	async deactivate(workflow: string): Promise<void> {
		await this.n8n.request('POST', `/rest/workflows/${workflow}/deactivate`, {});
	}

	/** Makes a credential for one case; gives its id. */
	async credential(type: string, data: PlainCredential['data']): Promise<string> {
		this.copies += 1;
		const name = `${type}-${this.copies}`;
		const made = await this.n8n.request<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return made.id;
	}

	/** Makes a key of n8n's API as a user does, and a credential of it; gives the credential's id. */
	async apiKey(scopes: string[]): Promise<string> {
		this.copies += 1;
		const { rawApiKey } = await this.n8n.request<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: `key-${this.copies}`,
			scopes,
			expiresAt: null,
		});
		return await this.credential('n8nApi', {
			apiKey: rawApiKey,
			baseUrl: `${this.n8n.address}/api/v1`,
		});
	}

	/** Waits until so many of a workflow's executions run at the same time. */
	async running(workflow: string, count: number): Promise<void> {
		const filter = encodeURIComponent(
			JSON.stringify({ workflowId: workflow, status: ['running'] }),
		);
		await until(async () => {
			const { results } = await this.n8n.request<{ results: unknown[] }>(
				'GET',
				`/rest/executions?filter=${filter}&limit=20`,
			);
			return results.length >= count || undefined;
		});
	}

	/** A workflow's executions once there are so many, oldest first, each to its end. */
	async executions(workflow: string, count: number): Promise<FinishedExecution[]> {
		const ids = await until(async () => {
			const found = await this.n8n.executionsOf(workflow);
			return found.length >= count ? found : undefined;
		});
		return await Promise.all(ids.reverse().map(async (id) => await this.n8n.ended(id)));
	}
}

/** Asks until there is an answer; the test's own time limit ends it. */
export async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		await wait(200);
	}
}

/** The items of a node, without their files. */
export function jsonOf(run: FinishedRun, node: string) {
	return itemsOf(run, node).map(({ json }) => json);
}

/** Why a run failed; a run that didn't is a test that goes wrong. */
export function reasonOf({ status, data }: FinishedRun): string {
	if (status !== 'error') throw new Error(`The run ended as ${status}, but an error is expected`);
	return `${data.resultData.error?.message ?? ''} ${data.resultData.error?.description ?? ''}`;
}

/** A run that ended well, or why not. */
export function succeeded<Run extends FinishedRun>(run: Run): Run {
	if (run.status === 'success') return run;
	const { error } = run.data.resultData;
	throw new Error(`${run.status} at ${error?.node?.name}: ${error?.message} ${error?.description}`);
}

/** A schedule that comes round once, in two to three seconds. */
export function soon(): WorkflowNode['parameters'] {
	const soon = new Date(Date.now() + 3_000);
	const expression = `${soon.getUTCSeconds()} ${soon.getUTCMinutes()} * * * *`;
	return { rule: { interval: [{ field: 'cronExpression', expression }] } };
}
