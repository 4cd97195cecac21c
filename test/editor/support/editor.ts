import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** How long the editor may take for what it is asked, in ms; its first page took up to 10 s on a busy machine. */
const patience = 60_000;

/** Light or dark, as the browser says that its user likes it; n8n follows. */
export type Theme = 'light' | 'dark';

export interface Login {
	email: string;
	password: string;
}

/**
 * A window of a browser in which somebody is logged in to n8n.
 *
 * @param scale device pixels for a CSS pixel
 */
export async function logIn(
	browser: Browser,
	address: string,
	login: Login,
	{ theme = 'light', scale = 1 }: { theme?: Theme; scale?: number } = {},
): Promise<BrowserContext> {
	const context = await browser.newContext({
		viewport: { width: 1500, height: 900 },
		baseURL: address,
		colorScheme: theme,
		deviceScaleFactor: scale,
		locale: 'en-US',
		timezoneId: 'UTC',
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	context.setDefaultTimeout(patience);
	const page = await context.newPage();
	await page.goto('/signin');
	await page.getByTestId('emailOrLdapLoginId').locator('input').fill(login.email);
	await page.getByTestId('password').locator('input').fill(login.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/\/home\/|\/workflow/);
	await page.close();
	return context;
}

/** n8n's editor in a tab of its own. */
export class Editor {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	static async open(context: BrowserContext): Promise<Editor> {
		return new Editor(await context.newPage());
	}

	/** Opens a workflow and waits until its canvas is drawn. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.canvasDrawn();
	}

	/** An empty workflow that isn't saved yet. */
	async openNewWorkflow(): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Waits until nodes are on the canvas with their icons, and nothing moves any more. */
	async canvasDrawn(): Promise<void> {
		await this.page.getByTestId('canvas-node').first().waitFor();
		await this.page.waitForFunction(
			'document.fonts.status === "loaded" && [...document.images].every((image) => image.complete)',
		);
		await this.still(this.page.getByTestId('canvas-node').first());
	}

	/** Shows the whole workflow, as its button does. */
	async zoomToFit(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
		await this.still(this.page.getByTestId('canvas-node').first());
	}

	/** A node on the canvas, by its name. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens a node's panel with its fields, and its input and output where there are some. */
	async openNode(name: string): Promise<Locator> {
		await this.node(name)
			.locator('[data-test-id="canvas-default-node"], [data-test-id="canvas-trigger-node"]')
			.first()
			.dblclick();
		return await this.nodePanel();
	}

	/** The open node's panel, once it stands still. */
	async nodePanel(): Promise<Locator> {
		const panel = this.page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		await this.still(panel);
		return panel;
	}

	/** Unfolds the list of a field of the open node, and gives it once it stands still. */
	async optionsOf(field: string): Promise<Locator> {
		await this.page.getByTestId(`parameter-input-${field}`).click();
		const list = this.page.locator('.el-select-dropdown:visible');
		await list.getByRole('option').first().waitFor();
		await this.still(list);
		return list;
	}

	/** Chooses from the list of a field of the open node or credential. */
	async choose(field: string, option: string): Promise<void> {
		const list = await this.optionsOf(field);
		await list.getByText(option, { exact: true }).click();
		await list.waitFor({ state: 'hidden' });
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Opens the list of nodes and types into its search. */
	async searchNodes(text: string): Promise<Locator> {
		await this.page.getByTestId('node-creator-plus-button').click();
		const list = this.page.getByTestId('node-creator');
		await list.getByTestId('node-creator-search-bar').fill(text);
		return list;
	}

	/** Pastes a text onto the canvas. */
	async paste(text: string): Promise<void> {
		await this.page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
		await this.page.keyboard.press('ControlOrMeta+V');
	}

	/** Presses «Execute workflow». */
	async execute(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Opens the workflow's list of executions; the newest one is shown. */
	async openExecutions(): Promise<Locator> {
		await this.page.getByTestId('radio-button-executions').click();
		const list = this.page.getByTestId('current-executions-list');
		await list.waitFor();
		return list;
	}

	/** Waits until something has stood still for some frames. */
	async still(what: Locator): Promise<void> {
		const enough = 5;
		let last = '';
		for (let same = 0; same < enough;) {
			const box = JSON.stringify(await what.boundingBox());
			same = box === last ? same + 1 : 0;
			last = box;
			await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))');
		}
	}
}
