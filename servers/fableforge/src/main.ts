#!/usr/bin/env node
import { pino } from 'pino';
import { makeServer } from './http/server.js';
import { stopOnSignal } from './http/stop.js';
import { LanguageWork } from './language/languageWork.js';
import type { Specialists } from './refinement.js';
import { SettingsProblem } from './settings/environment.js';
import { readSettings, type Settings } from './settings/settings.js';
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
	const languageWork = new LanguageWork(settings.workers);
	const server = await makeServer({
		specialists: await hireSpecialists(settings),
		languageWork,
		logger: pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }),
		settings,
	});
	try {
		const address = await server.listen({ host, port });
		stopOnSignal(server, languageWork);
		process.stdout.write(`fableforge-server listening on ${address}\n`);
	} catch (problem) {
		await languageWork.close();
		throw new SettingsProblem(explainListening(problem, `${host}:${port}`));
	}
}

/** The library for models takes 0.2 s to load: only those who have a model wait for it. */
async function hireSpecialists(settings: Settings): Promise<Specialists> {
	if (!settings.model) return new SimulatedSpecialists(settings);
	const { ModelSpecialists } = await import('./model/modelSpecialists.js');
	return new ModelSpecialists(settings.model);
}

function explainListening(problem: unknown, place: string): string {
	const { code, message } = problem as NodeJS.ErrnoException;
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
