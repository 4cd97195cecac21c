import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Dockerfile, Image } from './dockerfile';
import { checkout, node24, pinnedN8n, read } from './files';

const run = promisify(execFile);
/** npm installs what the tarballs depend on: 10 to 40 s, more on a machine that is at work. */
const installing = 300_000;

const folder = mkdtempSync(path.join(os.tmpdir(), 'images-'));
const packages = path.join(folder, 'packages');

beforeAll(async () => {
	await run(node24, [path.join(checkout, 'deploy', 'tarballs.mjs'), packages], { cwd: checkout });
}, installing);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const image = (name: string) =>
	new Image(new Dockerfile(`${name}.Dockerfile`), path.join(folder, name), packages);

/** The address in the line that a server prints when it is ready. */
async function readyAt(server: ReturnType<Image['start']>): Promise<string> {
	let said = '';
	const listening = new Promise<string>((resolve) => {
		server.stdout?.on('data', (text: Buffer) => {
			said += text.toString();
			const [, address] = /listening on (\S+)\n/.exec(said) ?? [];
			if (address) resolve(address);
		});
	});
	server.stderr?.on('data', (text: Buffer) => (said += text.toString()));
	const ended = once(server, 'close').then(() => {
		throw new Error(`The server ended before it was ready: ${said}`);
	});
	ended.catch(() => undefined);
	return await Promise.race([listening, ended]);
}

// Broken by a dependency that the tarball doesn't name, a file that isn't packed, a wrong name of
// the command, a health check that is always well.
test(
	'the image of the Artificer server: its lines make a server that answers its health check',
	async () => {
		const artificer = image('artificer');
		const notRun = await artificer.build();
		const server = artificer.start({ GRPC_HOST: '127.0.0.1', GRPC_PORT: '0' });
		const [, port = ''] = (await readyAt(server)).split(':');
		expect(await artificer.check({ GRPC_PORT: port })).toEqual({ code: 0, said: '' });
		server.kill('SIGTERM');
		expect(await once(server, 'close')).toEqual([0, null]);
		const after = await artificer.check({ GRPC_PORT: port });
		expect(after.code).toBe(1);
		expect(after.said).toContain(`127.0.0.1:${port} isn't well: `);

		// The one line that was left out installs what CI installs, too, where the OCR tests run.
		expect(notRun).toHaveLength(1);
		const installed = notRun[0]?.match(/tesseract-ocr\S*/g) ?? [];
		expect(installed).toContain('tesseract-ocr');
		const [, byCi = ''] = /^debian=\((.*)\)$/m.exec(read('.ci', 'run')) ?? [];
		for (const name of installed) expect(byCi.split(' ')).toContain(name);
	},
	installing,
);

// Broken as above.
test(
	'the image of the FableForge server: its lines make a server that answers its health check',
	async () => {
		const fableForge = image('fableforge');
		expect(await fableForge.build()).toEqual([]);
		const server = fableForge.start({ FABLEFORGE_HOST: '127.0.0.1', FABLEFORGE_PORT: '0' });
		const address = await readyAt(server);
		const here: [string, string] = ['http://127.0.0.1:8080', address];
		expect(await fableForge.check({}, here)).toEqual({ code: 0, said: '' });
		server.kill('SIGTERM');
		expect(await once(server, 'close')).toEqual([0, null]);
		const after = await fableForge.check({}, here);
		expect(after.code).toBe(1);
		expect(after.said).toContain(`${address}/ready isn't well: `);
	},
	installing,
);

// Broken by an install that brings n8n-workflow along (its classes would be others than n8n's), and
// by a base image that is not the n8n that everything is tested with.
test(
	'the image of n8n: its lines put the package, and nothing of n8n, where n8n looks for it',
	async () => {
		const n8n = image('n8n');
		expect(await n8n.build()).toEqual([]);
		const nodes = path.join(folder, 'n8n', 'home', 'node', '.n8n', 'nodes', 'node_modules');
		const main = path.join(nodes, 'n8n-nodes-artificer', 'dist/nodes/Artificer/Artificer.node.js');
		expect(existsSync(main)).toBe(true);
		expect(existsSync(path.join(nodes, 'n8n-workflow'))).toBe(false);
		expect(n8n.dockerfile.all('FROM')).toEqual([`docker.n8n.io/n8nio/n8n:${pinnedN8n()}`]);
	},
	installing,
);

// Broken by a server that runs as root, or by a volume's path in the wrong image.
test('the servers do not run as root', () => {
	for (const name of ['artificer', 'fableforge']) {
		expect(new Dockerfile(`${name}.Dockerfile`).all('USER')).toEqual(['node']);
	}
});
