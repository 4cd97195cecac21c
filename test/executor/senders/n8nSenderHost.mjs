// @ts-check
import { createRequire } from 'node:module';
import path from 'node:path';
import { packedPackage } from '../../../sandbox/lib/build.mjs';
import { n8nFolder } from '../../../sandbox/lib/n8n-install.mjs';
import { installedPackage } from '../../../sandbox/lib/package-install.mjs';
import { serve } from '../support/ipc.mjs';
import { loadCore } from '../support/quickCore.mjs';

const core = await loadCore();
const folder = await installedPackage(await packedPackage(), process.env);
const load = createRequire(path.join(folder, 'package.json'));
const { n8nSender } = load('./dist/nodes/FableForge/transport/sender.js');
const context = executeContext();
const send = n8nSender(context);
/** @type {Map<number, AbortController>} */
const underway = new Map();

serve(
	{
		/**
		 * Sends a request by n8n, and tells what came of it: what is thrown has more to it than
		 * a message, and the code under test reads it.
		 *
		 * @param {number} id by which the request can be aborted
		 * @param {object} request all of it but the signal
		 */
		async send(id, request) {
			const abort = new AbortController();
			underway.set(id, abort);
			try {
				const answer = await send({ ...request, signal: abort.signal });
				return { answer: plain(answer) };
			} catch (thrown) {
				return { thrown: thrownAsData(thrown) };
			} finally {
				underway.delete(id);
			}
		},
		/** @param {number} id */
		async abort(id) {
			underway.get(id)?.abort();
		},
		/** @param {number} ms */
		async limitTo(ms) {
			// n8n sets it here, on the module that its client uses.
			const client = path.join(await n8nFolder(process.env), 'node_modules/@n8n/backend-network/');
			createRequire(client)('axios').defaults.timeout = ms;
		},
		/** @param {string} url */
		async sendPlainly(url) {
			try {
				return { answer: plain(await context.helpers.httpRequest({ url })) };
			} catch (thrown) {
				return { thrown: thrownAsData(thrown) };
			}
		},
	},
	core.close,
);

/** What a FableForge node gets as `this` when n8n executes it. */
function executeContext() {
	const node = {
		id: 'node',
		name: 'FableForge',
		type: 'n8n-nodes-artificer.fableForge',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const data = { id: 'sender', nodes: [node], connections: {}, active: false };
	const workflow = new core.workflow.Workflow({ ...data, nodeTypes: core.nodeTypes });
	const hooks = new core.core.ExecutionLifecycleHooks('manual', '1', data);
	return new core.core.ExecuteContext(
		workflow,
		node,
		{ hooks },
		'manual',
		core.workflow.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[]] },
		{ node, data: {}, source: null },
		[],
	);
}

/** @param {unknown} value */
function plain(value) {
	return JSON.parse(JSON.stringify(value));
}

/**
 * What was thrown, with all that it wraps: a copy of an error by Node loses the codes.
 *
 * @param {unknown} thrown
 * @param {number} [depth]
 * @returns {unknown}
 */
function thrownAsData(thrown, depth = 0) {
	if (typeof thrown !== 'object' || thrown === null) return thrown;
	const { name, message, code, cause, error } = /** @type {Record<string, unknown>} */ (thrown);
	return {
		name,
		message,
		code,
		...(depth < 5 && {
			cause: thrownAsData(cause, depth + 1),
			error: thrownAsData(error, depth + 1),
		}),
	};
}
