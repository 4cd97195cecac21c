// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { samplesFolder } from '../lib/checkout.mjs';
import { n8nEnvironment } from '../lib/n8n-environment.mjs';
import { n8nFolder } from '../lib/n8n-install.mjs';
import { installedPackage, placePackage } from '../lib/package-install.mjs';
import { freePort, loopback } from '../lib/ports.mjs';
import { startN8n } from '../lib/services.mjs';
import { queueSettings } from './queue-settings.mjs';

/**
 * How n8n's processes are started, each in a user folder of its own with the package in it.
 *
 * @param {import('./start-cluster.mjs').ClusterOptions} options
 * @param {{ postgres: import('./postgres.mjs').Postgres, redis: import('./redis.mjs').Redis }} databases
 */
export async function n8nProcesses(
	{ folder, size, packed, ports = {}, n8nSettings = {} },
	databases,
) {
	const install = await n8nFolder(process.env);
	const installed = await installedPackage(packed, process.env);
	const filesFolder = path.join(folder, 'files');
	await mkdir(filesFolder);
	const encryptionKey = randomBytes(24).toString('hex');
	const editorPort = ports.n8n ?? (await freePort());
	const webhooksPort = ports.webhooks ?? (await freePort());
	const webhookUrl = `http://${loopback}:${webhooksPort}`;

	/**
	 * @param {string} name
	 * @param {number} port
	 * @param {string[]} args
	 * @param {Record<string, string>} [own]
	 */
	const prepared = async (name, port, args, own = {}) => {
		const userFolder = path.join(folder, name);
		await mkdir(userFolder);
		await placePackage(installed, userFolder);
		// n8n reads a file `.env` where it is started; this one keeps it from looking further up.
		await writeFile(path.join(userFolder, '.env'), '');
		const brokerPort = await freePort();
		const env = n8nEnvironment({
			from: process.env,
			userFolder,
			port,
			brokerPort,
			readable: [samplesFolder, filesFolder],
			added: queueSettings({
				...databases,
				encryptionKey,
				webhookUrl,
				added: { ...own, ...n8nSettings },
			}),
		});
		return async (/** @type {{ name: string, logFile: string, keepLog: boolean }} */ place) =>
			await startN8n({ n8nFolder: install, env, cwd: userFolder, args, ...place });
	};
	const workers = numbers(size.workers).map(async (number) => {
		const port = await freePort();
		const args = ['worker', `--concurrency=${size.concurrency}`];
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: loopback,
		};
		return {
			launch: await prepared(`worker-${number}`, port, args, health),
			address: `http://${loopback}:${port}`,
		};
	});
	return {
		install,
		address: `http://${loopback}:${editorPort}`,
		editor: await prepared('editor', editorPort, ['start']),
		webhooks: {
			launch: await prepared('webhooks', webhooksPort, ['webhook']),
			address: webhookUrl,
		},
		workers: await Promise.all(workers),
	};
}

/**
 * The numbers from one on.
 *
 * @param {number} many
 */
export function numbers(many) {
	return Array.from({ length: many }, (_, place) => place + 1);
}
