/** What a template library is told by its environment. */
export interface Settings {
	/** `TEMPLATE_LIBRARY_HOST`: the address to listen on. Default 127.0.0.1, this machine alone. */
	host: string;
	/** `TEMPLATE_LIBRARY_PORT`: 0 (a free port of the system's choice) to 65535. Default 5680. */
	port: number;
	/** `TEMPLATE_LIBRARY_FOLDER`: the folder with `index.json` and the workflows. Has to be set. */
	folder: string;
}

/** Why the library can't be served; the message is one sentence for whoever started it. */
export class LibraryProblem extends Error {}

/** Reads the settings; throws a LibraryProblem for the first one that can't be used. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
	const given = (name: string) => environment[name]?.trim() || undefined;
	const folder = given('TEMPLATE_LIBRARY_FOLDER');
	if (folder === undefined) {
		throw new LibraryProblem(
			'TEMPLATE_LIBRARY_FOLDER is not set: give the folder that holds index.json and the workflows.',
		);
	}
	return {
		host: given('TEMPLATE_LIBRARY_HOST') ?? '127.0.0.1',
		port: readPort(given('TEMPLATE_LIBRARY_PORT') ?? '5680'),
		folder,
	};
}

function readPort(value: string): number {
	const port = Number(value);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new LibraryProblem(
			`TEMPLATE_LIBRARY_PORT is "${value}": give a whole number from 0 to 65535.`,
		);
	}
	return port;
}
