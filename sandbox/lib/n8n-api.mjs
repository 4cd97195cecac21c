// @ts-check
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How often a running execution is asked for, in ms. */
const pollInterval = 150;
/** States of an execution that will still change. */
const unfinished = new Set(['new', 'running', 'unknown']);
const unfinishedOrWaiting = new Set([...unfinished, 'waiting']);

/** n8n refused a request, or answered it with something else than expected. */
export class N8nApiFailure extends Error {
	/**
	 * @param {string} message
	 * @param {number} status HTTP status
	 */
	constructor(message, status) {
		super(message);
		this.name = 'N8nApiFailure';
		this.status = status;
	}
}

/**
 * @typedef {import('./run-data.mjs').Execution} Execution
 * @typedef {import('./run-data.mjs').RunData} RunData
 */

/**
 * n8n's own REST interface, used as the editor uses it.
 */
export class N8nApi {
	/** @type {string} */
	#base;
	/** @type {string} */
	#cookie = '';
	/** @type {(text: string) => RunData} */
	#parseFlatted;
	/** @type {AbortSignal | undefined} */
	#signal;

	/**
	 * @param {object} options
	 * @param {string} options.base address, such as `http://127.0.0.1:5700`
	 * @param {string} options.n8nFolder the pinned n8n's install: it has the library that reads run data
	 * @param {AbortSignal} [options.signal] ends every request
	 */
	constructor({ base, n8nFolder, signal }) {
		this.#base = base;
		this.#signal = signal;
		const require = createRequire(path.join(n8nFolder, 'node_modules', 'n8n', 'package.json'));
		this.#parseFlatted = require('flatted').parse;
	}

	/**
	 * Whether n8n answers, its database migrated and its editor served.
	 *
	 * @returns {Promise<boolean>}
	 */
	async isReady() {
		try {
			const asking = { headers: this.#headers(), signal: this.#signal };
			const ready = await fetch(`${this.#base}/healthz/readiness`, asking);
			if (!ready.ok) return false;
			const settings = await fetch(`${this.#base}/rest/settings`, asking);
			return settings.ok && settings.headers.get('content-type')?.includes('json') === true;
		} catch {
			return false;
		}
	}

	/**
	 * Whether the owner is still to be set up.
	 *
	 * @returns {Promise<boolean>}
	 */
	async needsOwner() {
		const settings = await this.request('GET', '/rest/settings');
		return settings.userManagement.showSetupOnFirstLoad === true;
	}

	/**
	 * Makes the owner, who is then logged in.
	 *
	 * @param {{ email: string, password: string }} login
	 */
	async setUpOwner({ email, password }) {
		await this.request('POST', '/rest/owner/setup', {
			email,
			password,
			firstName: 'Sandbox',
			lastName: 'Owner',
		});
	}

	/** @param {{ email: string, password: string }} login */
	async logIn({ email, password }) {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/**
	 * Starts a workflow by hand, at one of its triggers.
	 *
	 * @param {string} workflowId
	 * @param {string} trigger the trigger's name
	 * @returns {Promise<{ executionId?: string, waitingForWebhook?: boolean }>}
	 */
	async runByHand(workflowId, trigger) {
		return await this.request('POST', `/rest/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: trigger },
		});
	}

	/**
	 * An execution once it has ended, or waits for somebody.
	 *
	 * @param {string} id
	 * @returns {Promise<Execution>}
	 */
	async ended(id) {
		await this.settled(id);
		const execution = await this.request('GET', `/rest/executions/${id}`);
		return { ...execution, data: this.#parseFlatted(execution.data) };
	}

	/**
	 * The ids of a workflow's executions, newest first.
	 *
	 * @param {string} workflowId
	 * @returns {Promise<string[]>}
	 */
	async executionsOf(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request('GET', `/rest/executions?filter=${filter}&limit=20`);
		return results.map((/** @type {{ id: string }} */ { id }) => id);
	}

	/**
	 * Sends a form as its page does.
	 *
	 * @param {string} formPath such as `form-test/pdf-to-html`
	 * @param {FormData} form
	 * @returns {Promise<{ nextPage?: string }>} the address of the page that the workflow shows next
	 */
	async submitForm(formPath, form) {
		const response = await fetch(`${this.#base}/${formPath}`, {
			method: 'POST',
			headers: this.#headers(),
			body: form,
			signal: this.#signal,
		});
		const text = await response.text();
		if (!response.ok) {
			throw new N8nApiFailure(
				`POST /${formPath} was answered ${response.status}: ${messageOf(text)}`,
				response.status,
			);
		}
		return { nextPage: JSON.parse(text).formWaitingUrl };
	}

	/**
	 * Opens the page that a workflow shows at its end, as the browser does that has sent the form. The
	 * execution waits for that page, whose script then lets it go on.
	 *
	 * @param {string} id the execution's
	 * @param {string} address
	 */
	async openLastPage(id, address) {
		for (const method of ['GET', 'POST']) {
			const response = await fetch(address, {
				method,
				headers: this.#headers(),
				signal: this.#signal,
			});
			await response.body?.cancel();
			if (!response.ok) {
				throw new N8nApiFailure(
					`${method} of the form's last page was answered ${response.status}`,
					response.status,
				);
			}
		}
		await this.settled(id, unfinishedOrWaiting);
	}

	/**
	 * An execution's status, once that is none of the given ones.
	 *
	 * @param {string} id
	 * @param {Set<string>} passing
	 * @returns {Promise<string>}
	 */
	async settled(id, passing = unfinished) {
		for (;;) {
			const status = await this.#statusOf(id);
			if (!passing.has(status)) return status;
			await wait(pollInterval, undefined, { signal: this.#signal });
		}
	}

	/**
	 * Asked of the list, because the execution itself comes with all its data: tens of megabytes, which
	 * n8n would make ready each time.
	 *
	 * @param {string} id
	 * @returns {Promise<string>}
	 */
	async #statusOf(id) {
		const between = `firstId=${Number(id) - 1}&lastId=${Number(id) + 1}`;
		const { results } = await this.request('GET', `/rest/executions?${between}&limit=1`);
		if (!results[0]) throw new N8nApiFailure(`n8n has no execution ${id}`, 404);
		return results[0].status;
	}

	/**
	 * Publishes a workflow, and waits until its triggers are live: n8n does that after its answer.
	 *
	 * @param {string} workflowId
	 */
	async publish(workflowId) {
		const { versionId } = await this.request('GET', `/rest/workflows/${workflowId}`);
		await this.request('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		for (;;) {
			const resource = `/rest/workflows/${workflowId}/publication-status`;
			const { status, liveVersionId, triggers } = await this.request('GET', resource);
			if (liveVersionId === versionId && status === 'published') return;
			if (/fail|partial/i.test(status)) {
				throw new N8nApiFailure(`${workflowId} wasn't published: ${JSON.stringify(triggers)}`, 500);
			}
			await wait(pollInterval, undefined, { signal: this.#signal });
		}
	}

	/**
	 * The descriptions of all nodes that n8n has loaded, as the editor gets them.
	 *
	 * @returns {Promise<{ name: string }[]>}
	 */
	async nodeTypes() {
		const response = await fetch(`${this.#base}/types/nodes.json`, {
			headers: this.#headers(),
			signal: this.#signal,
		});
		if (!response.ok) {
			throw new N8nApiFailure(`The node types were answered ${response.status}`, response.status);
		}
		return /** @type {{ name: string }[]} */ (await response.json());
	}

	/**
	 * The bytes of a file that an execution has kept.
	 *
	 * @param {string} binaryId
	 * @returns {Promise<Buffer>}
	 */
	async file(binaryId) {
		const address = `${this.#base}/rest/binary-data?action=download&id=${encodeURIComponent(binaryId)}`;
		const response = await fetch(address, { headers: this.#headers(), signal: this.#signal });
		if (!response.ok)
			throw new N8nApiFailure(
				`The file ${binaryId} was answered ${response.status}`,
				response.status,
			);
		return Buffer.from(await response.arrayBuffer());
	}

	/**
	 * Any request of the editor's; gives what is in the answer's `data`.
	 *
	 * @param {string} method
	 * @param {string} resource path from the root, with the query
	 * @param {unknown} [body]
	 * @returns {Promise<any>}
	 */
	async request(method, resource, body) {
		const response = await fetch(`${this.#base}${resource}`, {
			method,
			headers: {
				...this.#headers(),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: this.#signal,
		});
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.#cookie = cookies.join('; ');
		const text = await response.text();
		if (!response.ok) {
			throw new N8nApiFailure(
				`${method} ${resource.split('?')[0]} was answered ${response.status}: ${messageOf(text)}`,
				response.status,
			);
		}
		return text ? JSON.parse(text).data : undefined;
	}

	/**
	 * n8n ties a login to the browser that made it. Every request has a connection of its own: n8n
	 * closes idle ones after 5 s, and a run of some hundred items keeps it so busy for longer (5 s at
	 * a time with 500 items on a loaded machine) that a request on a kept connection meets a reset.
	 */
	#headers() {
		return {
			connection: 'close',
			cookie: this.#cookie,
			'browser-id': 'n8n-nodes-artificer-sandbox',
		};
	}
}

/** @param {string} text */
function messageOf(text) {
	try {
		return JSON.parse(text).message ?? text;
	} catch {
		return text.slice(0, 200);
	}
}
