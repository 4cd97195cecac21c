// @ts-check
import { SandboxFailure } from './failures.mjs';

/**
 * @typedef {object} Settings what the environment says about the sandbox
 * @property {number} n8nPort `SANDBOX_N8N_PORT`: port of n8n's editor. Default 5700
 * @property {number} brokerPort `SANDBOX_BROKER_PORT`: port of n8n's own for its task runners. Default 5701
 * @property {number} artificerPort `SANDBOX_ARTIFICER_PORT`: port of the local Artificer. Default 50151
 * @property {number} fableForgePort `SANDBOX_FABLEFORGE_PORT`: port of the local FableForge. Default 8180
 * @property {number} templatesPort `SANDBOX_TEMPLATES_PORT`: port of the template library. Default 5702
 * @property {number} webhooksPort `SANDBOX_WEBHOOKS_PORT`: port of the webhook process of `npm run cluster`. Default 5703
 * @property {string | undefined} artificerHost `ARTIFICER_GRPC_HOST`: `host:port` of an Artificer
 * that is there already: then none is started
 * @property {string | undefined} fableForgeUrl `FABLEFORGE_URL`: address of a FableForge that is there
 * already: then none is started
 */

/** Away from n8n's and the services' own defaults, so that both can run beside the sandbox. */
export const defaultPorts = {
	SANDBOX_N8N_PORT: 5700,
	SANDBOX_BROKER_PORT: 5701,
	SANDBOX_TEMPLATES_PORT: 5702,
	SANDBOX_WEBHOOKS_PORT: 5703,
	SANDBOX_ARTIFICER_PORT: 50151,
	SANDBOX_FABLEFORGE_PORT: 8180,
};

/**
 * Reads the settings; a wrong one is a sentence.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 */
export function readSettings(env) {
	const names = /** @type {(keyof typeof defaultPorts)[]} */ (Object.keys(defaultPorts));
	const ports = Object.fromEntries(names.map((name) => [name, readPort(env, name)]));
	const taken = new Map();
	for (const [name, port] of Object.entries(ports)) {
		const other = taken.get(port);
		if (other) {
			throw new SandboxFailure(
				`${other} and ${name} are both ${port}: give each a port of its own.`,
			);
		}
		taken.set(port, name);
	}
	return {
		n8nPort: ports['SANDBOX_N8N_PORT'],
		brokerPort: ports['SANDBOX_BROKER_PORT'],
		templatesPort: ports['SANDBOX_TEMPLATES_PORT'],
		webhooksPort: ports['SANDBOX_WEBHOOKS_PORT'],
		artificerPort: ports['SANDBOX_ARTIFICER_PORT'],
		fableForgePort: ports['SANDBOX_FABLEFORGE_PORT'],
		artificerHost: readAddress(env.ARTIFICER_GRPC_HOST),
		fableForgeUrl: readUrl(env.FABLEFORGE_URL),
	};
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {keyof typeof defaultPorts} name
 * @returns {number}
 */
function readPort(env, name) {
	const given = env[name]?.trim();
	if (!given) return defaultPorts[name];
	const port = Number(given);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new SandboxFailure(
			`${name} is «${given}»: give a port from 1 to 65535, or leave it out for ${defaultPorts[name]}.`,
		);
	}
	return port;
}

/**
 * @param {string | undefined} given
 * @returns {string | undefined}
 */
function readAddress(given) {
	const address = given?.trim();
	if (!address) return undefined;
	if (!/^[^\s/]+:\d+$/.test(address)) {
		throw new SandboxFailure(
			`ARTIFICER_GRPC_HOST is «${address}»: give host and port of an Artificer, such as localhost:50051, without http://, or leave it out to start a local one.`,
		);
	}
	return address;
}

/**
 * @param {string | undefined} given
 * @returns {string | undefined}
 */
function readUrl(given) {
	const url = given?.trim();
	if (!url) return undefined;
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
		throw new SandboxFailure(
			`FABLEFORGE_URL is «${url}»: give an address such as http://localhost:8080, or leave it out to start a local one.`,
		);
	}
	return url.replace(/\/+$/, '');
}
