#!/usr/bin/env node
import { pino } from 'pino';
import { makeServer } from './http/server.js';
import { stopOnSignal } from './http/stop.js';
import { readSettings, SettingsProblem, type Settings } from './settings.js';
import { SimulatedSpecialists } from './simulation/simulatedSpecialists.js';

try {
	await run(readSettings(process.env));
} catch (problem) {
	if (!(problem instanceof SettingsProblem)) throw problem;
	process.stderr.write(`fableforge-server: ${problem.message}\n`);
	process.exitCode = 1;
}

async function run(settings: Settings): Promise<void> {
	const { host, port } = settings;
	const server = await makeServer({
		specialists: new SimulatedSpecialists(settings),
		logger: pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }),
		apiKey: settings.apiKey,
	});
	stopOnSignal(server);
	const address = await server.listen({ host, port }).catch((problem: NodeJS.ErrnoException) => {
		throw new SettingsProblem(explainListening(problem, `${host}:${port}`));
	});
	process.stdout.write(`fableforge-server listening on ${address}\n`);
}

function explainListening({ code, message }: NodeJS.ErrnoException, place: string): string {
	switch (code) {
		case 'EADDRINUSE':
			return `${place} is taken by another program: stop it, or set FABLEFORGE_PORT to another port.`;
		case 'EACCES':
			return `This user may not listen on ${place}: set FABLEFORGE_PORT to a port above 1023.`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return `${place} is no address of this machine: set FABLEFORGE_HOST to one, such as 127.0.0.1.`;
		default:
			return `Listening on ${place} is not possible: ${message}.`;
	}
}
