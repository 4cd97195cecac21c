import { readFileSync } from 'node:fs';
import path from 'node:path';

export const checkout = path.resolve(__dirname, '../../..');
export const deploy = path.join(checkout, 'deploy');
/** The Node that npm brings: what the images have, too. */
export const node24 = path.join(checkout, 'node_modules', 'node', 'bin', 'node');

/** A file of the checkout. */
export function read(...place: string[]): string {
	return readFileSync(path.join(checkout, ...place), 'utf8');
}

/** The version in a package.json. */
export function versionOf(...folder: string[]): string {
	return (JSON.parse(read(...folder, 'package.json')) as { version: string }).version;
}

/** The n8n that sandbox and tests run. */
export function pinnedN8n(): string {
	const { dependencies } = JSON.parse(read('sandbox', 'n8n', 'package.json')) as {
		dependencies: { n8n: string };
	};
	return dependencies.n8n;
}

/** The images that this project makes, with the tags that they have to have. */
export function ownImages(): string[] {
	return [
		`artificer-n8n:${pinnedN8n()}`,
		`artificer-server:${versionOf('servers', 'artificer')}`,
		`fableforge-server:${versionOf('servers', 'fableforge')}`,
	];
}
