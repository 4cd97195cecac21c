import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** The Node that the pinned n8n needs, which the root's dependencies bring. */
const node24 = path.resolve(__dirname, '../../../node_modules/node/bin/node');

interface Pending {
	resolve(result: unknown): void;
	reject(failure: Error): void;
}

type Message =
	| { ready: true }
	| { id: number; result: unknown }
	| { id: number; failure: { message: string; stack?: string } };

/**
 * A process of its own that runs n8n for a test: jest's module registry and n8n's ES modules don't
 * go together. It ends with this one, however this one ends.
 */
export class HostProcess {
	private readonly pending = new Map<number, Pending>();
	private lastCall = 0;

	private constructor(private readonly child: ChildProcess) {
		child.on('message', (message: Message) => this.receive(message));
		child.on('exit', (code, signal) => {
			const failure = new Error(`The host process ended (${signal ?? `exit code ${code}`})`);
			for (const { reject } of this.pending.values()) reject(failure);
			this.pending.clear();
		});
	}

	/**
	 * @param script file beside this one
	 * @param env added to this process's environment
	 */
	static async start(script: string, env: Record<string, string> = {}): Promise<HostProcess> {
		const child = fork(path.join(__dirname, script), [], {
			execPath: node24,
			// What jest was started with isn't meant for the host.
			execArgv: [],
			env: { ...process.env, NODE_OPTIONS: '', ...env },
			serialization: 'advanced',
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		const ended = once(child, 'exit').then(([code]) => {
			throw new Error(`${script} ended with exit code ${code} before it was ready`);
		});
		await Promise.race([once(child, 'message'), ended]);
		ended.catch(() => undefined);
		return new HostProcess(child);
	}

	async call<Result>(method: string, ...args: unknown[]): Promise<Result> {
		const id = ++this.lastCall;
		return await new Promise<Result>((resolve, reject) => {
			this.pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
			this.child.send({ id, method, args }, (failure) => {
				if (!failure) return;
				this.pending.delete(id);
				reject(failure);
			});
		});
	}

	/** Ends the process and all that it has started, and waits for that. */
	async close(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const exit = once(this.child, 'exit');
		this.child.disconnect();
		await exit;
	}

	private receive(message: Message): void {
		if (!('id' in message)) return;
		const call = this.pending.get(message.id);
		this.pending.delete(message.id);
		if ('failure' in message) {
			const failure = new Error(message.failure.message);
			if (message.failure.stack) failure.stack = message.failure.stack;
			call?.reject(failure);
		} else {
			call?.resolve(message.result);
		}
	}
}
