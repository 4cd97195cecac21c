#!/usr/bin/env node
import { readTemplates } from './folder.js';
import { makeServer } from './server.js';
import { LibraryProblem, readSettings, type Settings } from './settings.js';

try {
	await run(readSettings(process.env));
} catch (problem) {
	if (!(problem instanceof LibraryProblem)) throw problem;
	process.stderr.write(`artificer-template-library: ${problem.message}\n`);
	process.exitCode = 1;
}

async function run({ host, port, folder }: Settings): Promise<void> {
	// A folder that can't be served is told of now, and not to the first who opens the page.
	await readTemplates(folder);
	const server = await makeServer(folder);
	const address = await server.listen({ host, port }).catch((problem: NodeJS.ErrnoException) => {
		const place = `${host}:${port}`;
		throw new LibraryProblem(
			problem.code === 'EADDRINUSE'
				? `${place} is taken by another program: stop it, or set TEMPLATE_LIBRARY_PORT to another port.`
				: `Listening on ${place} is not possible: ${problem.message}.`,
		);
	});
	const stop = () => void server.close();
	process.once('SIGTERM', stop).once('SIGINT', stop);
	process.stdout.write(`artificer-template-library listening on ${address}\n`);
}
