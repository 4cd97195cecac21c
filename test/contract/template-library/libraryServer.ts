import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const MAIN = path.resolve(__dirname, '../../../servers/template-library/dist/main.js');

/** How a library that could not be served ended. */
export interface EndedLibrary {
	exitCode: number | null;
	stderr: string;
}

/** A template library in a process of its own, on a free port of 127.0.0.1. */
export class LibraryServer {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	/** Starts a library over a folder and waits until it listens. */
	static async start(folder: string): Promise<LibraryServer> {
		const child = spawnLibrary({ TEMPLATE_LIBRARY_FOLDER: folder, TEMPLATE_LIBRARY_PORT: '0' });
		const url = await new Promise<string>((resolve, reject) => {
			let stderr = '';
			child.stderr?.on('data', (part) => (stderr += String(part)));
			child.once('close', (code) => reject(new Error(`The library ended with ${code}: ${stderr}`)));
			child.stdout?.on('data', (part) => {
				const address = /^artificer-template-library listening on (\S+)\n$/.exec(String(part))?.[1];
				if (address === undefined) reject(new Error(`The library printed ${String(part)}`));
				else resolve(address);
			});
		});
		return new LibraryServer(child, url);
	}

	/** Starts a library that is expected to end by itself, and waits for its end. */
	static async run(environment: Record<string, string>): Promise<EndedLibrary> {
		const child = spawnLibrary(environment);
		let stderr = '';
		child.stderr?.on('data', (part) => (stderr += String(part)));
		const [exitCode] = (await once(child, 'close')) as [number | null];
		return { exitCode, stderr };
	}

	/** Asks as the editor does; gives status and body. */
	async get(address: string) {
		const response = await fetch(this.url + address, { headers: { 'n8n-version': '2.40.7' } });
		return { status: response.status, body: (await response.json()) as Record<string, unknown> };
	}

	/** Ends the process; gives its exit code. */
	async stop(): Promise<number | null> {
		const closed = once(this.child, 'close');
		this.child.kill('SIGTERM');
		await closed;
		return this.child.exitCode;
	}
}

function spawnLibrary(environment: Record<string, string>): ChildProcess {
	return spawn(process.execPath, [MAIN], {
		env: { PATH: process.env.PATH, ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}
