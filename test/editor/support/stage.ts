import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { FinishedExecution } from '../../executor/support/n8nServer';
import type { WorkflowJson } from '../../executor/support/workflows';
import { HostProcess } from '../../executor/support/hostProcess';
import { startBrowser } from './browser';
import { Editor, logIn, type Login, type Theme } from './editor';

/** Where each test leaves a picture of what it saw last; git ignores it. */
const screenshots = path.resolve(__dirname, '..', 'screenshots');

/** A whole sandbox as `npm start` brings it up, and a browser that is logged in to it. */
export class Stage {
	private constructor(
		private readonly host: HostProcess,
		private readonly browser: Browser,
		private readonly windows: Record<Theme, BrowserContext>,
		/** n8n's address. */
		readonly address: string,
	) {}

	static async open(): Promise<Stage> {
		const host = await HostProcess.start('../../editor/support/sandboxHost.mjs');
		const browser = await startBrowser();
		try {
			const { address, login } = await host.call<{ address: string; login: Login }>('open');
			const windows = {
				light: await logIn(browser, address, login),
				dark: await logIn(browser, address, login, { theme: 'dark' }),
			};
			await mkdir(screenshots, { recursive: true });
			return new Stage(host, browser, windows, address);
		} catch (failure) {
			await browser.close();
			await host.close();
			throw failure;
		}
	}

	/**
	 * Does what a test does in a tab of its own, and keeps a picture of how it ended, well or badly.
	 *
	 * @param name the picture's, and so the test's
	 */
	async inEditor(
		name: string,
		work: (editor: Editor) => Promise<void>,
		theme: Theme = 'light',
	): Promise<void> {
		const editor = await Editor.open(this.windows[theme]);
		try {
			await work(editor);
		} finally {
			await this.picture(editor.page, name);
			await editor.page.close();
		}
	}

	/** A tab of somebody who isn't logged in to n8n. */
	async asVisitor(name: string, work: (page: Page) => Promise<void>): Promise<void> {
		const window = await this.browser.newContext({ baseURL: this.address, locale: 'en-US' });
		const page = await window.newPage();
		try {
			await work(page);
		} finally {
			await this.picture(page, name);
			await window.close();
		}
	}

	async picture(page: Page, name: string): Promise<void> {
		await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
	}

	/** Any request of the editor's; gives what is in the answer's `data`. */
	async request<Result>(method: string, resource: string, body?: unknown): Promise<Result> {
		return await this.host.call('request', method, resource, body);
	}

	/** Makes a credential, and gives its id. */
	async addCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<{ id: string; name: string }> {
		const { id } = await this.request<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return { id, name };
	}

	/** The service's address in one of the sandbox's credentials. */
	async addressOf(credential: string, field: string): Promise<string> {
		const all = await this.request<Array<{ id: string; name: string }>>('GET', '/rest/credentials');
		const found = all.find(({ name }) => name === credential);
		const { data } = await this.request<{ data: Record<string, string> }>(
			'GET',
			`/rest/credentials/${found?.id}?includeData=true`,
		);
		return data[field];
	}

	/** Puts a workflow into n8n, and gives its id. */
	async addWorkflow(workflow: WorkflowJson): Promise<string> {
		return (await this.request<{ id: string }>('POST', '/rest/workflows', workflow)).id;
	}

	/** Waits until an execution has ended. */
	async ended(executionId: string): Promise<FinishedExecution> {
		return await this.host.call('ended', executionId);
	}

	/** The ids of a workflow's executions, newest first. */
	async executionsOf(workflowId: string): Promise<string[]> {
		return await this.host.call('executionsOf', workflowId);
	}

	/** Publishes a workflow, and waits until its triggers are live. */
	async publish(workflowId: string): Promise<void> {
		await this.host.call('publish', workflowId);
	}

	async close(): Promise<void> {
		await this.browser.close();
		await this.host.close();
	}
}
