import { execFile, spawn } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { checkout, node24 } from '../deploy/files';

const run = promisify(execFile);

/** The longest that a block may take, in ms: npm's installs took 10 to 40 s. */
const timeout = 150_000;

/** Names that npm doesn't have yet, each the name of a tarball. */
const unpublished = /(?<=npm install .*)\b(n8n-nodes-artificer)(?=\s|$)/gm;

/** Where the blocks of the pages are run: folders of their own, and the tarballs of what is not published. */
export class Workshop {
	readonly folder = mkdtempSync(path.join(os.tmpdir(), 'pages-'));
	private readonly packages = path.join(this.folder, 'packages');

	async pack(): Promise<void> {
		await run(node24, [path.join(checkout, 'deploy', 'tarballs.mjs'), this.packages], {
			cwd: checkout,
			timeout,
		});
	}

	/** An empty folder. */
	empty(name: string): string {
		const folder = path.join(this.folder, name);
		mkdirSync(folder);
		return folder;
	}

	/** Runs a block in an empty folder that is its home, too; gives the folder. */
	async clean(name: string, text: string): Promise<string> {
		const folder = this.empty(name);
		const filled = text.replace(unpublished, (known) => path.join(this.packages, `${known}.tgz`));
		await this.shell(filled, folder, { HOME: folder, ...(await npmConfig()) });
		return folder;
	}

	/** Runs a block in a folder; rejects unless each line succeeds. */
	async shell(text: string, folder: string, settings: NodeJS.ProcessEnv = {}): Promise<void> {
		const env = { ...environment(), ...settings };
		await run('bash', ['-euo', 'pipefail', '-c', text], { cwd: folder, env, timeout });
	}

	/** A folder in which the servers are installed from their tarballs. */
	async withServers(): Promise<string> {
		const folder = this.empty('servers');
		const names = readdirSync(this.packages).filter((name) => !name.startsWith('n8n'));
		const tarballs = names.map((name) => path.join(this.packages, name));
		await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...tarballs], {
			cwd: folder,
			env: environment(),
			timeout,
		});
		cpSync(path.join(checkout, 'workflows-templates'), path.join(folder, 'workflows-templates'), {
			recursive: true,
		});
		return folder;
	}

	/**
	 * Runs a block that starts a server, on a port of the system's choice, until it says that it
	 * listens; gives that line.
	 */
	async serve(text: string, folder: string): Promise<string> {
		const ports = { GRPC_PORT: '0', FABLEFORGE_PORT: '0', TEMPLATE_LIBRARY_PORT: '0' };
		const env = { ...environment(), ...ports };
		const child = spawn('bash', ['-euo', 'pipefail', '-c', text], {
			cwd: folder,
			env,
			detached: true,
		});
		const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
		try {
			return await new Promise<string>((resolve, reject) => {
				let said = '';
				const hear = (data: Buffer) => {
					said += data.toString();
					const [line] = /^.* listening on .*$/m.exec(said) ?? [];
					if (line) resolve(line);
				};
				child.stdout.on('data', hear);
				child.stderr.on('data', hear);
				child.once('close', () => reject(new Error(`It ended before it listened: ${said}`)));
				setTimeout(() => reject(new Error(`It doesn't listen: ${said}`)), timeout / 2).unref();
			});
		} finally {
			if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
			await ended;
		}
	}

	/**
	 * A copy of the project as it is, with what was built. Of the dependencies it has links, each of
	 * its own, so that nothing done in the copy reaches those of the checkout.
	 */
	copy(name: string): string {
		const folder = path.join(this.folder, name);
		const left = new Set(['node_modules', '.git', '.sandbox', 'packages', '.env']);
		cpSync(checkout, folder, {
			recursive: true,
			filter: (source) => !left.has(path.basename(source)),
		});
		const servers = readdirSync(path.join(checkout, 'servers')).map((one) => `servers/${one}`);
		for (const place of ['', ...servers]) {
			const dependencies = path.join(checkout, place, 'node_modules');
			if (existsSync(dependencies)) link(dependencies, path.join(folder, place, 'node_modules'));
		}
		return folder;
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** Links all packages of a folder into another one; what the set-up has noted there is copied. */
function link(from: string, to: string): void {
	mkdirSync(to);
	for (const name of readdirSync(from)) {
		const [source, target] = [path.join(from, name), path.join(to, name)];
		if (name === '.n8n-nodes-artificer') cpSync(source, target, { recursive: true });
		else symlinkSync(source, target);
	}
}

/** The machine's, without what it has set for servers of its own and for the npm that runs this test. */
function environment(): NodeJS.ProcessEnv {
	const foreign =
		/^(GRPC_(HOST|PORT|TLS|MAX)|ARTIFICER_|FABLEFORGE_|TEMPLATE_LIBRARY_|OPENAI_|OCR_MODEL$|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|npm_(package|lifecycle|command|config_(local_prefix|prefix))|JEST_)/;
	const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	const PATH = `${path.dirname(node24)}${path.delimiter}${process.env.PATH ?? ''}`;
	return { ...Object.fromEntries(own), PATH };
}

/** How this machine's npm reaches its packages, for a home that has no settings of its own. */
async function npmConfig(): Promise<NodeJS.ProcessEnv> {
	const told = async (name: string) =>
		(await run('npm', ['config', 'get', name], { env: environment() })).stdout.trim();
	return {
		npm_config_registry: await told('registry'),
		npm_config_cache: await told('cache'),
	};
}
