import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
const SERVER = join(ROOT, 'servers', 'artificer', 'dist', 'main.js');

/** An Artificer server that runs as a process of its own. */
export interface ArtificerServer {
	/** `host:port`. */
	address: string;
	/** For tests that watch its memory or send it signals. */
	pid: number;
	/** All that it wrote so far. */
	stdout: () => string;
	stderr: () => string;
	/** Sends SIGTERM and waits for its end; resolves to its exit code. */
	stop: () => Promise<number | null>;
}

/** How a server that did not start ended. */
export interface FailedStart {
	code: number | null;
	stdout: string;
	stderr: string;
}

function launch(environment: NodeJS.ProcessEnv) {
	// What the machine has set for a server of its own must not reach the tests'.
	const foreign = /^(GRPC_|ARTIFICER_|OCR_MODEL|OPENAI_)/;
	const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	const env = { ...Object.fromEntries(own), GRPC_PORT: '0', ...environment };
	const child = spawn(NODE, [SERVER], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
	return { child, ended: once(child, 'close'), stdout: () => stdout, stderr: () => stderr };
}

/** Starts the built server on a free port; rejects with what it wrote when it ends before it is ready. */
export async function startArtificerServer(
	environment: NodeJS.ProcessEnv = {},
): Promise<ArtificerServer> {
	const { child, ended, stdout, stderr } = launch(environment);
	const ready = new Promise<string>((resolve) => {
		child.stdout.on('data', () => {
			const [, address] = /^artificer-server listening on (\S+)\n/.exec(stdout()) ?? [];
			if (address !== undefined) resolve(address);
		});
	});
	const early = ended.then(() => {
		throw new Error(`artificer-server ended before it was ready: ${stderr()}`);
	});
	const address = await Promise.race([ready, early]);
	early.catch(() => undefined);
	const stop = async (): Promise<number | null> => {
		child.kill('SIGTERM');
		await ended;
		return child.exitCode;
	};
	return { address, pid: child.pid ?? 0, stdout, stderr, stop };
}

/** Starts the server where it is expected to refuse. */
export async function failArtificerServer(environment: NodeJS.ProcessEnv): Promise<FailedStart> {
	const { child, ended, stdout, stderr } = launch(environment);
	await ended;
	return { code: child.exitCode, stdout: stdout(), stderr: stderr() };
}
