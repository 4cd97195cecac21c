import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The built server's command. */
export const MAIN = path.resolve(__dirname, '../../../servers/fableforge/dist/main.js');

/** The line that the server logs about a request. */
export interface RequestLine {
	event: 'request';
	method: string;
	endpoint: string;
	specialist?: string;
	attempt?: number;
	/** null where the client left before its answer was written. */
	status: number | null;
	duration_ms: number;
	/** Requests to the same endpoint that were underway when this one came, itself included. */
	in_flight: number;
	aborted: boolean;
}

/** What a process of the server printed and how it ended. */
export interface EndedServer {
	exitCode: number | null;
	stdout: string;
	stderr: string;
}

/** Starts a server process that is expected to end by itself, and waits for its end. */
export async function runFableForge(environment: Record<string, string>): Promise<EndedServer> {
	const child = spawnServer(environment);
	const output = collectOutput(child);
	const [exitCode] = (await once(child, 'close')) as [number | null];
	return { exitCode, ...output };
}

/**
 * A FableForge server in a process of its own, on a free port of 127.0.0.1. Settings are the
 * server's environment variables; those of the machine don't reach it.
 */
export class FableForgeServer {
	private constructor(
		private readonly child: ChildProcess,
		/** The address to send requests to, without a slash at its end. */
		readonly url: string,
		/** All that the server has printed so far. */
		readonly output: { stdout: string; stderr: string },
	) {}

	/** Starts the server and waits for the line that says that it listens. */
	static async start(environment: Record<string, string> = {}): Promise<FableForgeServer> {
		const child = spawnServer({ FABLEFORGE_PORT: '0', ...environment });
		const output = collectOutput(child);
		const url = await new Promise<string>((resolve, reject) => {
			child.once('close', (code) =>
				reject(new Error(`The FableForge server ended with ${code}: ${output.stderr}`)),
			);
			if (!child.stdout) return;
			createInterface(child.stdout).on('line', (line) => {
				const address = /^fableforge-server listening on (\S+)$/.exec(line)?.[1];
				if (address !== undefined) resolve(address);
			});
		});
		return new FableForgeServer(child, url, output);
	}

	/** The process id. */
	get pid(): number {
		return this.child.pid ?? 0;
	}

	/** The lines about requests so far; one is written once its connection is done with it. */
	get requests(): RequestLine[] {
		return this.output.stdout
			.split('\n')
			.filter((line) => line.startsWith('{'))
			.map((line) => JSON.parse(line) as RequestLine)
			.filter(({ event }) => event === 'request');
	}

	/** Waits until the server has logged so many requests that fit, and gives them. */
	async waitForRequests(
		count: number,
		fits: (line: RequestLine) => boolean = () => true,
	): Promise<RequestLine[]> {
		for (;;) {
			const lines = this.requests.filter(fits);
			if (lines.length >= count) return lines;
			if (!this.child.stdout || this.child.exitCode !== null) {
				throw new Error(`The server ended after ${lines.length} of ${count} requests.`);
			}
			await once(this.child.stdout, 'data');
		}
	}

	/**
	 * Waits until as many requests are underway as the server takes at once; meant for servers that
	 * were started with a FABLEFORGE_MAX_REQUESTS of as many as the test holds open.
	 */
	async waitUntilBusy(): Promise<void> {
		while ((await this.get('/ready')).status === 200);
	}

	/** Sends a JSON body. */
	async post(endpoint: string, body?: unknown, headers: Record<string, string> = {}) {
		return await this.answer(
			await fetch(this.url + endpoint, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
			}),
		);
	}

	/** Asks for an endpoint without a body. */
	async get(endpoint: string, headers: Record<string, string> = {}) {
		return await this.answer(await fetch(this.url + endpoint, { headers }));
	}

	/** Ends the process by a signal; gives its exit code once it has ended. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
		if (this.child.exitCode === null && this.child.signalCode === null) {
			const closed = once(this.child, 'close');
			this.child.kill(signal);
			await closed;
		}
		return this.child.exitCode;
	}

	private async answer(response: Response) {
		const { status, headers } = response;
		// An answer is read as what the contract promises; each test says of its fields what holds.
		return { status, headers, body: (await response.json()) as Record<string, unknown> };
	}
}

function spawnServer(environment: Record<string, string>): ChildProcess {
	return spawn(process.execPath, [MAIN], {
		env: { PATH: process.env.PATH, ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
}

function collectOutput(child: ChildProcess): { stdout: string; stderr: string } {
	const output = { stdout: '', stderr: '' };
	child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
	child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
	return output;
}
