import { SettingError } from './environment.js';
import { startServer, type RunningServer, StartError } from './server.js';
import { readSettings } from './settings.js';

function stopOnSignals(server: RunningServer): void {
	let stopping = false;
	const stop = (): void => {
		// Whoever asks twice doesn't want to wait for calls to finish.
		if (stopping) server.stopNow();
		stopping = true;
		void server.stop();
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
}

/** Starts the server by the environment; a start that fails is one sentence and exit code 1. */
export async function run(): Promise<void> {
	try {
		const server = await startServer(readSettings(process.env));
		stopOnSignals(server);
		const { address, metricsUrl } = server;
		process.stdout.write(`artificer-server listening on ${address}\n`);
		if (metricsUrl !== undefined) process.stdout.write(`metrics on ${metricsUrl}\n`);
	} catch (error) {
		if (!(error instanceof SettingError || error instanceof StartError)) throw error;
		process.stderr.write(`${error.message}\n`);
		process.exitCode = 1;
	}
}
