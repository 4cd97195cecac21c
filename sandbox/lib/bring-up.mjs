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
 * @returns {Promise<Sandbox>}
 */
export async function bringUp({ settings, packed, steps, note }) {
	const filesFolder = path.join(sandboxFolder, 'files');
	const n8nCwd = path.join(sandboxFolder, 'n8n');
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
	const artificer = settings.artificerHost ? undefined : await noted(startArtificer(settings));
	const fableForge = settings.fableForgeUrl ? undefined : await noted(startFableForge(settings));
	const templates = library ? await noted(startTemplateLibrary(settings)) : undefined;
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
			logFile: path.join(sandboxFolder, 'logs', 'n8n.log'),
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
			),
		),
	);
	for (const remark of login.remarks) steps.say(`    ${remark}`);
	return { api, address, login, processes, outputFolder: path.join(sandboxFolder, 'output') };
}

/**
 * @param {N8nApi} api
 * @param {import('./credentials.mjs').Service[]} services
 */
async function fillIn(api, services) {
	const login = await ownerLogin(api, sandboxFolder);
	const ledger = await readLedger(sandboxFolder);
	const remarks = await ensureCredentials(api, ledger, services);
	await writeLedger(sandboxFolder, ledger);
	const credentials = Object.fromEntries(
		services.map(({ type, name }) => [type, { id: ledger.credentials[type].id, name }]),
	);
	const templates = await readTemplates(path.join(checkout, 'workflows-templates'));
	const imported = await importNewTemplates(api, ledger, templates, credentials);
	await writeLedger(sandboxFolder, ledger);
	return { ...login, remarks, note: imported ? `${imported} new` : 'all there' };
}

async function hasLibrary() {
	return await access(templateIndex).then(
		() => true,
		() => false,
	);
}
