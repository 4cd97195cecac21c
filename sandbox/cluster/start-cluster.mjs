// @ts-check
import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fillIn } from '../lib/bring-up.mjs';
import { servicesOf } from '../lib/credentials.mjs';
import { interrupted } from '../lib/interruption.mjs';
import { N8nApi } from '../lib/n8n-api.mjs';
import { freePort, loopback } from '../lib/ports.mjs';
import {
	artificerAnswers,
	healthAnswers,
	startArtificer,
	startFableForge,
} from '../lib/services.mjs';
import { Member } from './member.mjs';
import { n8nProcesses, numbers } from './n8n-processes.mjs';
import { Postgres, databaseUser } from './postgres.mjs';
import { Redis } from './redis.mjs';

/**
 * @typedef {object} ClusterOptions
 * @property {string} folder for all that it keeps; there and empty
 * @property {import('./options.mjs').ClusterSize} size
 * @property {import('./programs.mjs').Programs} programs
 * @property {import('../lib/build.mjs').Packed} packed
 * @property {{ run: import('../lib/steps.mjs').Steps['run'], say: (line: string) => void }} steps
 * @property {(started: import('../lib/processes.mjs').Started) => Promise<void>} [started] told of
 * every process that is started
 * @property {{ n8n?: number, webhooks?: number }} [ports] by default free ones
 * @property {Record<string, string>} [n8nSettings] for every process of n8n, stronger than the cluster's own
 * @property {Record<string, string>} [fableForgeSettings]
 */

/**
 * @typedef {object} Cluster
 * @property {N8nApi} api of n8n, logged in as the owner
 * @property {string} address the editor's
 * @property {string} webhooks where webhooks are answered
 * @property {import('../lib/owner.mjs').Login} login
 * @property {string} artificer the addresses of all Artificer servers, separated by commas
 * @property {string} fableForge
 * @property {Postgres} postgres
 * @property {Redis} redis
 * @property {Member[]} members in the order in which they were started
 * @property {(name: string) => Member} member
 * @property {() => Promise<void>} stop ends all, in order
 */

/**
 * n8n in queue mode, all on this machine: PostgreSQL and Redis, n8n's editor, its webhook process and
 * its workers, each with a user folder of its own as on machines of their own, and the services.
 *
 * @param {ClusterOptions} options
 * @returns {Promise<Cluster>} filled with credentials and templates
 */
export async function startCluster(options) {
	/** @type {Member[]} */
	const members = [];
	const stop = async () => await stopInOrder(members);
	try {
		return { ...(await started(options, members)), members, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * What needs others ends before them: n8n would wait for a database that is gone.
 *
 * @param {Member[]} members
 */
async function stopInOrder(members) {
	const layers = new Map([
		['n8n', /** @type {Member[]} */ ([])],
		['services', []],
	]);
	for (const member of members) {
		layers.get(/^(n8n|worker)/.test(member.name) ? 'n8n' : 'services')?.push(member);
	}
	for (const layer of layers.values()) {
		await Promise.all(layer.map(async (member) => await member.stop()));
	}
}

/**
 * @param {ClusterOptions} options
 * @param {Member[]} members filled while it starts
 * @returns {Promise<Omit<Cluster, 'members' | 'stop'>>}
 */
async function started(options, members) {
	const { folder, size, steps } = options;
	const { run, say } = steps;
	const logFolder = path.join(folder, 'logs');
	await mkdir(logFolder, { recursive: true });
	// PostgreSQL may run as another user, who has to pass through.
	await chmod(folder, 0o711);

	/**
	 * @param {string} name
	 * @param {(place: { name: string, logFile: string, keepLog: boolean }) => Promise<import('../lib/processes.mjs').Started>} launch
	 * @param {() => Promise<boolean>} answers
	 */
	const join = async (name, launch, answers) => {
		const logFile = path.join(logFolder, `${name.replaceAll(' ', '-').toLowerCase()}.log`);
		const member = new Member({
			name,
			launch: async () => {
				const process = await launch({ name, logFile, keepLog: true });
				await options.started?.(process);
				return process;
			},
			answers,
			say,
		});
		members.push(member);
		await member.start();
	};

	const { postgres, redis } = await databases(options);
	await run('PostgreSQL and Redis', async () => {
		await postgres.create();
		await redis.create();
		await Promise.all([
			join(
				'PostgreSQL',
				(place) => postgres.start(place),
				() => postgres.answers(),
			),
			join(
				'Redis',
				(place) => redis.start(place),
				() => redis.answers(),
			),
		]);
		return { note: `on ports ${postgres.port} and ${redis.port}` };
	});

	const artificers = await Promise.all(numbers(size.artificers).map(async () => await freePort()));
	const fableForgePort = await freePort();
	const fableForge = `http://${loopback}:${fableForgePort}`;
	const artificer = artificers.map((port) => `${loopback}:${port}`).join(',');
	await run('Artificer servers and FableForge', async () => {
		const added = options.fableForgeSettings;
		await Promise.all([
			...artificers.map(async (port, place) =>
				join(
					`Artificer ${place + 1}`,
					(at) => startArtificer({ port, ...at }),
					() => artificerAnswers(`${loopback}:${port}`),
				),
			),
			join(
				'FableForge',
				(at) => startFableForge({ port: fableForgePort, added, ...at }),
				() => healthAnswers(fableForge),
			),
		]);
		return { note: `${artificer} and ${fableForge}` };
	});

	const processes = await n8nProcesses(options, { postgres, redis });
	const { address, webhooks } = processes;
	const api = new N8nApi({ base: address, n8nFolder: processes.install, signal: interrupted });
	await run('n8n', async () => {
		await join('n8n', processes.editor, () => api.isReady());
		return { note: address };
	});
	await run('n8n webhooks and workers', async () => {
		await Promise.all([
			join('n8n webhooks', processes.webhooks.launch, () => n8nAnswers(webhooks.address)),
			...processes.workers.map(async ({ launch, address: health }, place) =>
				join(`worker ${place + 1}`, launch, () => n8nAnswers(health)),
			),
		]);
		return { note: `${webhooks.address}, ${processes.workers.length} workers` };
	});

	const login = await run('Login, credentials and templates', async () =>
		fillIn(api, servicesOf({ artificer, fableForge, env: process.env }), folder),
	);
	const member = (/** @type {string} */ name) => {
		const found = members.find((one) => one.name === name);
		if (found) return found;
		throw new Error(
			`There is no ${name} in the cluster, but ${members.map((one) => one.name).join(', ')}`,
		);
	};
	return {
		api,
		address,
		webhooks: webhooks.address,
		login,
		artificer,
		fableForge,
		postgres,
		redis,
		member,
	};
}

/** @param {ClusterOptions} options */
async function databases({ folder, programs }) {
	const secret = () => randomBytes(24).toString('hex');
	return {
		postgres: new Postgres({
			programs: programs.postgresFolder,
			folder: path.join(folder, 'postgres'),
			port: await freePort(),
			password: secret(),
			user: await databaseUser(),
		}),
		redis: new Redis({
			program: programs.redis,
			folder: path.join(folder, 'redis'),
			port: await freePort(),
			password: secret(),
		}),
	};
}

/**
 * Whether a process of n8n is connected to both databases.
 *
 * @param {string} address
 */
async function n8nAnswers(address) {
	try {
		const response = await fetch(`${address}/healthz/readiness`, {
			signal: AbortSignal.timeout(3_000),
		});
		await response.body?.cancel();
		return response.ok;
	} catch {
		return false;
	}
}
