// @ts-check
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serverCommand } from './build.mjs';
import { checkout, node24, sandboxFolder } from './checkout.mjs';
import { cleanEnvironment } from './environment.mjs';
import { SandboxFailure } from './failures.mjs';
import { goOn, interrupted } from './interruption.mjs';
import { n8nCommand } from './n8n-install.mjs';
import { loopback } from './ports.mjs';
import { logTail, startProcess } from './processes.mjs';

/** How long a service may take until it answers, in ms. n8n took 6 to 15 s, twice that on a busy machine. */
const readyWithin = 180_000;
const pollInterval = 150;

/** What a user may set for the servers: all but where they listen and what guards the connection. */
const serverSettings =
	/^(FABLEFORGE_(DELAY_MS|FAILURE_RATE|SEED|API_KEY|LLM_.*)|ARTIFICER_(API_KEY|OCR_LANGUAGES)|GRPC_MAX_WORKERS|OPENAI_.*|OCR_MODEL)$/;

/**
 * @typedef {object} ServerPlace where a local server runs
 * @property {number} port
 * @property {string} [name] for messages, where there are several
 * @property {string} [logFile] by default in the sandbox's folder
 * @property {boolean} [keepLog] adds to the log of an earlier start
 * @property {Record<string, string>} [added] settings of its own
 */

/**
 * @param {ServerPlace} place
 * @returns {Promise<import('./processes.mjs').Started>}
 */
export async function startArtificer({ port, ...place }) {
	return await startServer('artificer', 'The Artificer server', place, {
		GRPC_HOST: loopback,
		GRPC_PORT: String(port),
	});
}

/**
 * @param {ServerPlace} place
 * @returns {Promise<import('./processes.mjs').Started>}
 */
export async function startFableForge({ port, ...place }) {
	return await startServer('fableforge', 'The FableForge server', place, {
		FABLEFORGE_HOST: loopback,
		FABLEFORGE_PORT: String(port),
	});
}

/**
 * @param {string} folder under servers/
 * @param {string} usualName
 * @param {Omit<ServerPlace, 'port'>} place
 * @param {Record<string, string>} where
 */
async function startServer(
	folder,
	usualName,
	{
		name = usualName,
		logFile = path.join(sandboxFolder, 'logs', `${folder}.log`),
		keepLog,
		added = {},
	},
	where,
) {
	const wished = Object.entries(process.env).filter(([key]) => serverSettings.test(key));
	return await startProcess({
		name,
		command: node24,
		args: [await serverCommand(folder)],
		env: cleanEnvironment(process.env, {
			.../** @type {Record<string, string>} */ (Object.fromEntries(wished)),
			...added,
			...where,
		}),
		cwd: path.dirname(logFile),
		logFile,
		keepLog,
	});
}

/**
 * @param {object} options
 * @param {string} options.n8nFolder the pinned n8n's install
 * @param {NodeJS.ProcessEnv} options.env as `n8nEnvironment` gives it
 * @param {string} options.cwd without a file `.env`, which n8n would read
 * @param {string} options.logFile
 * @param {string[]} [options.args] of n8n's command; by default those of the editor's process
 * @param {string} [options.name] for messages, where there are several
 * @param {boolean} [options.keepLog] adds to the log of an earlier start
 * @returns {Promise<import('./processes.mjs').Started>}
 */
export async function startN8n({
	n8nFolder,
	env,
	cwd,
	logFile,
	args = ['start'],
	name = 'n8n',
	keepLog,
}) {
	return await startProcess({
		name,
		command: node24,
		args: [n8nCommand(n8nFolder), ...args],
		env,
		cwd,
		logFile,
		keepLog,
	});
}

/**
 * Waits until a started process answers. Should it end instead, the end of its log is told.
 *
 * @param {import('./processes.mjs').Started} started
 * @param {() => Promise<boolean>} answers
 * @returns {Promise<void>}
 */
export async function ready(started, answers) {
	const end = Date.now() + readyWithin;
	while (!(await answers())) {
		goOn();
		if (!started.running()) throw await endedTooEarly(started);
		if (Date.now() > end) {
			throw new SandboxFailure(
				`${started.name} didn't answer within ${readyWithin / 1_000} s. The end of its log, ${started.logFile}:\n${await logTail(started.logFile)}`,
			);
		}
		await wait(pollInterval, undefined, { signal: interrupted }).catch(goOn);
	}
	// What answered may be somebody else's, who was quicker at the port.
	if (!started.running()) throw await endedTooEarly(started);
}

/**
 * @param {import('./processes.mjs').Started} started
 * @returns {Promise<SandboxFailure>}
 */
export async function endedTooEarly(started) {
	const { code, signal } = await started.ended;
	const how = signal ? `by ${signal}` : `with exit code ${code}`;
	return new SandboxFailure(
		`${started.name} ended unexpectedly, ${how}. The end of its log, ${started.logFile}:\n${await logTail(started.logFile)}`,
	);
}

/**
 * Does work unless one of the processes that it needs ends meanwhile.
 *
 * @template T
 * @param {import('./processes.mjs').Started[]} needed
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileRunning(needed, work) {
	const ends = needed.map(async (started) => {
		await started.ended;
		goOn();
		throw await endedTooEarly(started);
	});
	return await Promise.race([work, ...ends]);
}

/**
 * Whether an Artificer's port takes gRPC connections.
 *
 * @param {string} address host:port
 * @param {number} [withinMs]
 * @returns {Promise<boolean>}
 */
export async function artificerAnswers(address, withinMs = 1_000) {
	// Installed by the set-up, which this file must load before.
	const { Client, credentials } = await import('@grpc/grpc-js');
	const client = new Client(address, credentials.createInsecure());
	try {
		return await new Promise((resolve) => {
			client.waitForReady(Date.now() + withinMs, (error) => resolve(!error));
		});
	} finally {
		client.close();
	}
}

/**
 * Whether the health endpoint of a service over HTTP answers.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function healthAnswers(url) {
	try {
		const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(3_000) });
		await response.body?.cancel();
		return response.status < 500;
	} catch {
		return false;
	}
}

/**
 * The library behind the editor's Templates page, over the checkout's templates.
 *
 * @param {ServerPlace} place
 * @returns {Promise<import('./processes.mjs').Started>}
 */
export async function startTemplateLibrary({ port, ...place }) {
	return await startServer('template-library', 'The template library', place, {
		TEMPLATE_LIBRARY_HOST: loopback,
		TEMPLATE_LIBRARY_PORT: String(port),
		TEMPLATE_LIBRARY_FOLDER: path.join(checkout, 'workflows-templates'),
	});
}
