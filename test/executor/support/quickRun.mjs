// @ts-check

/**
 * @typedef {import('./quickCore.mjs').Core} Core
 */

/**
 * @typedef {object} QuickCase
 * @property {{ name?: string, nodes: any[], connections: Record<string, any>, settings?: Record<string, unknown> }} workflow
 * @property {Record<string, Record<string, unknown>>} [credentials] plain data by credential id
 * @property {Record<string, any[]>} [pinData] what a node gives instead of running, by its name
 * @property {boolean} [storeFiles] whether files in pinData go to n8n's store first, as uploaded ones do
 * @property {'manual' | 'trigger'} [mode] by hand (the default) or as an active workflow runs
 */

/**
 * Starts a workflow in n8n's executor.
 *
 * @param {Core} core
 * @param {QuickCase} given
 * @returns {Promise<{ result: Promise<object>, cancel: () => void }>}
 */
export async function startRun(core, given) {
	const { workflow: n8nWorkflow, core: n8nCore } = core;
	const executionId = String(++lastExecution);
	const mode = given.mode ?? 'manual';
	const data = { id: 'quick', name: 'Quick', active: false, ...given.workflow };
	const workflow = new n8nWorkflow.Workflow({ ...data, nodeTypes: core.nodeTypes });
	const pinData = given.storeFiles
		? await withStoredFiles(core, given.pinData, executionId)
		: given.pinData;
	/** @type {{ type: string, data: unknown }[]} */
	const messages = [];
	const additionalData = {
		...baseOf(core, given.credentials ?? {}),
		executionId,
		workflowId: data.id,
		hooks: new n8nCore.ExecutionLifecycleHooks(mode, executionId, data),
		sendDataToUI: (/** @type {string} */ type, /** @type {unknown} */ content) =>
			messages.push({ type, data: content }),
	};
	await workflow.expression.acquireIsolate();
	const execute = new n8nCore.WorkflowExecute(additionalData, mode);
	const running = execute.run({ workflow, startNode: triggerOf(data.nodes, workflow), pinData });
	const result = Promise.resolve(running)
		.then((run) => plain({ ...run, messages }))
		.finally(() => workflow.expression.releaseIsolate());
	// Whoever asks for the result hears of a failure; until then it must not end the process.
	result.catch(() => undefined);
	return { result, cancel: () => running.cancel() };
}

let lastExecution = 0;

/**
 * @param {any[]} nodes
 * @param {any} workflow
 */
function triggerOf(nodes, workflow) {
	const trigger = nodes.find(({ type, disabled }) => /trigger$/i.test(type) && !disabled);
	return trigger ? workflow.getNode(trigger.name) : workflow.getStartNode();
}

/**
 * Files as n8n keeps them after an upload: by an id, the bytes in its store.
 *
 * @param {Core} core
 * @param {Record<string, any[]> | undefined} pinData
 * @param {string} executionId
 */
async function withStoredFiles({ binaryData }, pinData, executionId) {
	const location = { type: 'execution', workflowId: 'quick', executionId };
	const stored = structuredClone(pinData ?? {});
	for (const item of Object.values(stored).flat()) {
		for (const [name, file] of Object.entries(item.binary ?? {})) {
			item.binary[name] = await binaryData.store(location, Buffer.from(file.data, 'base64'), file);
		}
	}
	return stored;
}

/**
 * @param {Core} core
 * @param {Record<string, Record<string, unknown>>} credentials
 */
function baseOf(core, credentials) {
	const address = 'http://127.0.0.1:9';
	return {
		currentNodeExecutionIndex: 0,
		credentialsHelper: credentialsHelper(core, credentials),
		variables: {},
		restApiUrl: address,
		instanceBaseUrl: address,
		formBaseUrl: address,
		formWaitingBaseUrl: address,
		formTestBaseUrl: address,
		webhookBaseUrl: address,
		webhookWaitingBaseUrl: address,
		webhookTestBaseUrl: address,
		mcpBaseUrl: address,
		mcpTestBaseUrl: address,
		setExecutionStatus: () => undefined,
		logAiEvent: () => undefined,
		getRuntimeCredential: async () => undefined,
		getRunExecutionData: async () => undefined,
		executeWorkflow: outOfReach('Sub-workflows'),
		startRunnerTask: outOfReach('Code nodes'),
	};
}

/** @param {string} what */
function outOfReach(what) {
	return async () => {
		throw new Error(`${what} need a whole n8n: use the headless one or the server.`);
	};
}

/**
 * Credentials from plain data, with the defaults of their type, as n8n gives them to a node.
 *
 * @param {Core} core
 * @param {Record<string, Record<string, unknown>>} credentials by id
 */
function credentialsHelper({ workflow, credentialType }, credentials) {
	class PlainCredentials extends workflow.ICredentialsHelper {
		getParentTypes() {
			return [];
		}

		isCredentialUsableByNode() {
			return true;
		}

		/** @param {{ id: string }} chosen @param {string} type */
		async getCredentials({ id }, type) {
			return { id, type, data: credentials[id] };
		}

		/** @param {unknown} _additionalData @param {{ id: string, name: string }} chosen @param {string} type */
		async getDecrypted(_additionalData, { id, name }, type) {
			const data = credentials[id];
			if (!data) throw new Error(`The case has no credential with the id ${id} (${name}, ${type})`);
			return workflow.NodeHelpers.getNodeParameters(
				credentialType(type).properties,
				data,
				true,
				false,
				null,
				null,
			);
		}

		/** @param {string} type */
		getCredentialsProperties(type) {
			return credentialType(type).properties;
		}

		/** @param {Record<string, any>} data @param {string} type @param {any} request */
		async authenticate(data, type, request) {
			const { authenticate } = credentialType(type);
			if (typeof authenticate === 'function') return await authenticate(data, request);
			throw new Error(
				`The credential type ${type} is filled in by n8n: use the headless n8n or the server.`,
			);
		}

		async preAuthentication() {
			return undefined;
		}

		async runPreAuthentication() {
			return undefined;
		}
	}
	return new PlainCredentials();
}

/**
 * Without classes and functions, as n8n's own database would keep it.
 *
 * @param {object} run
 */
function plain(run) {
	return JSON.parse(JSON.stringify(run));
}
