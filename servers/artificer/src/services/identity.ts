import { createRequire } from 'node:module';

interface Package {
	version: string;
}

/** How the server calls itself. */
export const SERVICE = 'artificer-server';

/** Of this package. */
export const VERSION = (createRequire(import.meta.url)('../../package.json') as Package).version;
