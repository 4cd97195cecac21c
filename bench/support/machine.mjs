// @ts-check
import { readFile } from 'node:fs/promises';
import os from 'node:os';

/** On what it was measured: processor, cores, Node and n8n. */
export async function versionsLine() {
	const lock = new URL('../../sandbox/n8n/package.json', import.meta.url);
	const { dependencies } = JSON.parse(await readFile(lock, 'utf8'));
	const [cpu] = os.cpus();
	return `${os.cpus().length} cores (${cpu?.model ?? 'unknown'}), Node ${process.versions.node}, n8n ${dependencies.n8n}`;
}
