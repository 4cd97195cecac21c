import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { callSandbox, runScript, startScript } from './support/inNode';

describe('a sandbox that runs', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(path.join(os.tmpdir(), 'running-test-'));
	});

	afterEach(() => {
		rmSync(folder, { recursive: true, force: true });
	});

	/** Claims the folder, starts a process that would run for a minute, prints its id, and stays. */
	const staying = () => `
		const { RunningNote } = await library('running.mjs');
		const { startProcess } = await library('processes.mjs');
		const note = await RunningNote.claim(${JSON.stringify(folder)});
		const started = await startProcess({
			name: 'sleep', command: 'sleep', args: ['60'], env: process.env, cwd: '/',
			logFile: ${JSON.stringify(path.join(folder, 'sleep.log'))},
		});
		await note.add(started);
		console.log(started.pid);
		setTimeout(() => {}, 60_000);
	`;
	const claim = `
		const { RunningNote } = await library('running.mjs');
		const said = await RunningNote.claim(${JSON.stringify('FOLDER')}).then(() => 'claimed', (error) => error.message);
		console.log(said);
	`;
	const claiming = async () => (await runScript(claim.replace('FOLDER', folder))).trim();
	/** A process that has ended and that nobody has collected yet doesn't live. */
	const lives = async (pid: number) =>
		(await callSandbox<string | undefined>('identity.mjs', 'identityOf', pid)) !== undefined;

	it('keeps a second one away; broken by two that share a database', async () => {
		const first = startScript(staying());
		const [pid] = (await once(first.stdout!, 'data')) as [Buffer];
		try {
			expect(await claiming()).toContain('runs already');
		} finally {
			process.kill(-Number(pid), 'SIGKILL');
			first.kill('SIGKILL');
			await once(first, 'exit');
		}
	});

	it('leaves nothing behind when it was killed; broken by a server that keeps its port', async () => {
		const killed = startScript(staying());
		const [pid] = (await once(killed.stdout!, 'data')) as [Buffer];
		killed.kill('SIGKILL');
		await once(killed, 'exit');
		expect(await lives(Number(pid))).toBe(true);
		expect(await claiming()).toBe('claimed');
		expect(await lives(Number(pid))).toBe(false);
	});

	it("is not seen in a note of a process that has another one's id; broken by a stranger that is killed", async () => {
		const note = {
			pid: process.pid,
			identity: 'long ago',
			processes: [{ name: 'x', pid: process.pid, identity: 'long ago' }],
		};
		writeFileSync(path.join(folder, 'running.json'), JSON.stringify(note));
		expect(await claiming()).toBe('claimed');
	});

	it('is not seen in a note that was only half written; broken by a sandbox that never starts again', async () => {
		writeFileSync(path.join(folder, 'running.json'), '{"pid":');
		expect(await claiming()).toBe('claimed');
		expect(readdirSync(folder)).toEqual(['running.json']);
	});
});

describe('a port that is taken', () => {
	it('is named with who needs it and the setting; broken by a stack instead of words', async () => {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as { port: number };
		try {
			await expect(
				callSandbox('ports.mjs', 'demandFreePort', port, 'the editor', 'SANDBOX_N8N_PORT'),
			).rejects.toThrow(
				new RegExp(`Port ${port}, which the editor needs, is taken.*SANDBOX_N8N_PORT`),
			);
		} finally {
			server.close();
		}
	});
});
