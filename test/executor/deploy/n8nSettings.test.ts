import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { checkout, node24, read } from '../../contract/deploy/files';

const run = promisify(execFile);

/** All that looks like a variable, where the pinned n8n reads its settings. */
async function known(): Promise<Set<string>> {
	const install = path.join(checkout, 'sandbox', 'lib', 'n8n-install.mjs');
	const ask = `import { n8nFolder } from ${JSON.stringify(install)};
		process.stdout.write(await n8nFolder(process.env));`;
	const { stdout } = await run(node24, ['--input-type=module', '--eval', ask]);
	const modules = path.join(stdout, 'node_modules');
	const files = ['@n8n/config/dist', 'n8n-core/dist/binary-data'].flatMap((folder) =>
		readdirSync(path.join(modules, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.js'))
			.map((file) => path.join(folder, file)),
	);
	const code = [...files, 'n8n/dist/workflow-runner.js'].map((file) =>
		readFileSync(path.join(modules, file), 'utf8'),
	);
	const names = code.join('\n').matchAll(/(?:['"]|env\.)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g);
	return new Set([...names].map(([, name = '']) => name));
}

// Broken by a misspelt setting: n8n passes over it without a word.
test('every setting of n8n in the compose file and the manifests is one that n8n reads', async () => {
	const compose = parse(read('deploy', 'docker-compose.yml'), { merge: true }) as {
		services: Record<string, { environment: object }>;
	};
	const settings = parse(read('deploy', 'kubernetes', 'n8n-settings.yaml')) as { data: object };
	const secrets = read('deploy', 'kubernetes', 'n8n-main.yaml').matchAll(/- name: ([A-Z0-9_]+)$/gm);
	const set = [
		...Object.keys(compose.services.n8n?.environment ?? {}),
		...Object.keys(compose.services.worker?.environment ?? {}),
		...Object.keys(settings.data),
		...[...secrets].map(([, name = '']) => name),
	];
	const names = await known();
	expect(set.length).toBeGreaterThan(30);
	expect(set.filter((name) => !names.has(name))).toEqual([]);
});
