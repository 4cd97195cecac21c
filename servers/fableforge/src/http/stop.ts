import type { LanguageWork } from '../language/languageWork.js';
import type { Server } from './plainServer.js';

/** How long requests that are underway may take to end after a stop was asked for: 5 s. */
const GRACE_MS = 5_000;

/**
 * Stops the server on SIGTERM and SIGINT: no new requests; those underway may end for 5 seconds,
 * then their connections are closed. A second signal ends the process at once.
 */
export function stopOnSignal(server: Server, languageWork: LanguageWork): void {
	const stop = (): void => {
		process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop);
		const patience = setTimeout(() => server.server.closeAllConnections(), GRACE_MS);
		void server.close().finally(async () => {
			clearTimeout(patience);
			// Only now, as requests that were underway needed it.
			await languageWork.close();
		});
	};
	process.on('SIGTERM', stop).on('SIGINT', stop);
}
