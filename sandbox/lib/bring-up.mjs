// @ts-check
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { checkout, samplesFolder, sandboxFolder } from './checkout.mjs';
import { ensureCredentials, servicesOf } from './credentials.mjs';
import { SandboxFailure } from './failures.mjs';
import { interrupted } from './interruption.mjs';
import { readLedger, writeLedger } from './ledger.mjs';
import { N8nApi } from './n8n-api.mjs';
import { n8nEnvironment } from './n8n-environment.mjs';
import { n8nFolder, pinnedVersion } from './n8n-install.mjs';
import { ownerLogin } from './owner.mjs';
import { installedPackage, placePackage } from './package-install.mjs';
import { demandFreePort, loopback } from './ports.mjs';
import {
	artificerAnswers,
	healthAnswers,
	ready,
	startArtificer,
	startFableForge,
	startN8n,
	startTemplateLibrary,
	whileRunning,
} from './services.mjs';
import { importNewTemplates, readTemplates } from './templates.mjs';

/**
 * @typedef {object} Sandbox a sandbox that is up
 * @property {N8nApi} api logged in as the owner
 * @property {string} address the editor's
 * @property {import('./owner.mjs').Login} login
 * @property {import('./processes.mjs').Started[]} processes what was started for it
 * @property {string} outputFolder for results
 */

/** What the template library serves; without it, the editor has no Templates page. */
const templateIndex = path.join(checkout, 'workflows-templates', 'index.json');

/**
 * Says at once which port is taken, before anything is downloaded.
 *
 * @param {import('./settings.mjs').Settings} settings
 */
export async function demandPorts(settings) {
	await demandFreePort(settings.n8nPort, "the sandbox's n8n", 'SANDBOX_N8N_PORT');
	await demandFreePort(settings.brokerPort, "n8n's task broker", 'SANDBOX_BROKER_PORT');
	if (await hasLibrary()) {
		await demandFreePort(settings.templatesPort, 'the template library', 'SANDBOX_TEMPLATES_PORT');
	}
	if (!settings.artificerHost) {
		await demandFreePort(settings.artificerPort, 'the Artificer server', 'SANDBOX_ARTIFICER_PORT');
	}
	if (!settings.fableForgeUrl) {
		await demandFreePort(
			settings.fableForgePort,
			'the FableForge server',
			'SANDBOX_FABLEFORGE_PORT',
		);
	}
}

/**
 * Starts the services and n8n, all at once, and puts into n8n what isn't there yet.
 *
 * @param {object} options
 * @param {import('./settings.mjs').Settings} options.settings
 * @param {import('./build.mjs').Packed} options.packed
 * @param {import('./steps.mjs').Steps} options.steps
 * @param {import('./running.mjs').RunningNote} options.note
 * @param {string} [options.folder] where all is kept; by default the checkout's own sandbox folder
 * @returns {Promise<Sandbox>}
 */
export async function bringUp({ settings, packed, steps, note, folder = sandboxFolder }) {
	const filesFolder = path.join(folder, 'files');
	const n8nCwd = path.join(folder, 'n8n');
	/** @param {string} name */
	const log = (name) => path.join(folder, 'logs', `${name}.log`);
	await mkdir(filesFolder, { recursive: true });
	await mkdir(n8nCwd, { recursive: true });
	await placePackage(await installedPackage(packed, process.env), n8nCwd);

	const install = await n8nFolder(process.env);
	const address = `http://${loopback}:${settings.n8nPort}`;
	const library = (await hasLibrary()) ? `http://${loopback}:${settings.templatesPort}` : undefined;
	/** @type {import('./processes.mjs').Started[]} */
	const processes = [];
	/** @param {Promise<import('./processes.mjs').Started>} starting */
	const noted = async (starting) => {
		const started = await starting;
		processes.push(started);
		await note.add(started);
		return started;
	};
	const { artificerPort, fableForgePort } = settings;
	const artificer = settings.artificerHost
		? undefined
		: await noted(startArtificer({ port: artificerPort, logFile: log('artificer') }));
	const fableForge = settings.fableForgeUrl
		? undefined
		: await noted(startFableForge({ port: fableForgePort, logFile: log('fableforge') }));
	const templates = library
		? await noted(
				startTemplateLibrary({ port: settings.templatesPort, logFile: log('template-library') }),
			)
		: undefined;
	const n8n = await noted(
		startN8n({
			n8nFolder: install,
			env: n8nEnvironment({
				from: process.env,
				userFolder: n8nCwd,
				port: settings.n8nPort,
				brokerPort: settings.brokerPort,
				readable: [samplesFolder, filesFolder],
				templatesHost: library,
			}),
			cwd: n8nCwd,
			logFile: log('n8n'),
		}),
	);

	const artificerAddress = settings.artificerHost ?? `${loopback}:${settings.artificerPort}`;
	await steps.run('Artificer', async () => {
		if (artificer) await ready(artificer, () => artificerAnswers(artificerAddress));
		else if (!(await artificerAnswers(artificerAddress, 10_000))) {
			throw new SandboxFailure(
				`No Artificer answers at ${artificerAddress}: check ARTIFICER_GRPC_HOST, or leave it out to start a local one.`,
			);
		}
		return { note: artificer ? artificerAddress : `yours, ${artificerAddress}` };
	});
	const fableForgeUrl = settings.fableForgeUrl ?? `http://${loopback}:${settings.fableForgePort}`;
	await steps.run('FableForge', async () => {
		if (fableForge) await ready(fableForge, () => healthAnswers(fableForgeUrl));
		else if (!(await healthAnswers(fableForgeUrl))) {
			throw new SandboxFailure(
				`No FableForge answers at ${fableForgeUrl}: check FABLEFORGE_URL, or leave it out to start a local one.`,
			);
		}
		return { note: fableForge ? fableForgeUrl : `yours, ${fableForgeUrl}` };
	});

	if (templates && library) {
		await steps.run('Template library', async () => {
			await ready(templates, () => healthAnswers(library));
			return { note: library };
		});
	}

	const api = new N8nApi({ base: address, n8nFolder: install, signal: interrupted });
	await steps.run(`n8n ${await pinnedVersion()} starts`, async () => {
		await ready(n8n, () => api.isReady());
		return { note: address };
	});
	const login = await steps.run('Login, credentials and templates', () =>
		whileRunning(
			processes,
			fillIn(
				api,
				servicesOf({ artificer: artificerAddress, fableForge: fableForgeUrl, env: process.env }),
				folder,
			),
		),
	);
	for (const remark of login.remarks) steps.say(`    ${remark}`);
	return { api, address, login, processes, outputFolder: path.join(folder, 'output') };
}

/**
 * Logs in to an n8n, and puts in the credentials and templates that aren't there yet.
 *
 * @param {N8nApi} api
 * @param {import('./credentials.mjs').Service[]} services
 * @param {string} folder where the login is kept, and what was put in
 */
export async function fillIn(api, services, folder) {
	const login = await ownerLogin(api, folder);
	const ledger = await readLedger(folder);
	const remarks = await ensureCredentials(api, ledger, services);
	await writeLedger(folder, ledger);
	const credentials = Object.fromEntries(
		services.map(({ type, name }) => [type, { id: ledger.credentials[type].id, name }]),
	);
	const templates = await readTemplates(path.join(checkout, 'workflows-templates'));
	const imported = await importNewTemplates(api, ledger, templates, credentials);
	await writeLedger(folder, ledger);
	return { ...login, remarks, note: imported ? `${imported} new` : 'all there' };
}

async function hasLibrary() {
	return await access(templateIndex).then(
		() => true,
		() => false,
	);
}
