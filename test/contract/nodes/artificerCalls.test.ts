import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { ArtificerCredential } from '../../../nodes/Artificer/transport/connection';
import type { Rpc } from '../../../nodes/Artificer/transport/services';
import { unaryCall } from '../../../nodes/Artificer/transport/unaryCall';
import { startArtificerServer, type ArtificerServer } from '../support/artificerServer';
import { ReferenceServer } from '../support/referenceServer';

const MiB = 1024 * 1024;
const sample = path.resolve(__dirname, '../../../sandbox/samples/guide.pdf');
const extractText: Rpc = { service: 'PDFService', method: 'ExtractText' };
const countTokens: Rpc = { service: 'TextService', method: 'CountTokens' };
const health: Rpc = { service: 'MetricsService', method: 'HealthCheck' };

function credentialFor(address: string, more: Partial<ArtificerCredential> = {}) {
	return { address, security: 'plaintext', authentication: 'none', ...more } as const;
}

async function call(
	credential: ArtificerCredential,
	rpc: Rpc,
	request: object,
	more: { signal?: AbortSignal; timeoutMs?: number } = {},
) {
	const attempt = { number: 1, signal: new AbortController().signal, timeoutMs: 30_000, ...more };
	return await unaryCall(credential, rpc, { message: request }, attempt);
}

describe('calls to an Artificer server', () => {
	let server: ArtificerServer;
	let credential: ArtificerCredential;

	beforeAll(async () => {
		server = await startArtificerServer({ ARTIFICER_MAX_MESSAGE_MB: '2' });
		credential = credentialFor(server.address);
	});
	afterAll(async () => await server.stop());

	// Broken by bytes that are damaged on the way, or by an answer whose names are changed.
	test('a PDF gives its text, Korean included', async () => {
		const answer = await call(credential, extractText, { pdf_data: await readFile(sample) });
		expect(answer).toMatchObject({ metadata: { method: 'direct', has_text_content: true } });
		expect((answer as { text: string }).text).toMatch(/[가-힣]{2}/);
	});

	// Broken by a status that is tried again although the file stays broken.
	test('a file that is no PDF is declined for good, in the server’s words', async () => {
		await expect(
			call(credential, extractText, { pdf_data: Buffer.from('no PDF') }),
		).rejects.toMatchObject({
			kind: 'rejected',
			message: expect.stringMatching(/PDF/),
			facts: { status: 'INVALID_ARGUMENT', server: server.address },
		});
	});

	// Broken by a limit of the server that is taken for an overload, or for ours.
	test('a file over the server’s limit is declined for good', async () => {
		await expect(
			call(credential, extractText, { pdf_data: Buffer.alloc(3 * MiB) }),
		).rejects.toMatchObject({
			kind: 'rejected',
			message: 'The file or text is too large: 3.0 MB, and the server takes at most 2.0 MB',
		});
	});

	// Broken by a limit of the credential that does not hold for requests.
	test('a file over the credential’s limit is never sent', async () => {
		const small = { ...credential, maxMessageMb: 1 };
		await expect(
			call(small, extractText, { pdf_data: Buffer.alloc(1.5 * MiB) }),
		).rejects.toMatchObject({
			kind: 'rejected',
			message: 'The file or text is too large: this node takes at most 1.0 MB',
		});
	});

	// Broken by a signal that was aborted before the call, whose event doesn't come again.
	test('a call cancelled before it began ends at once', async () => {
		const work = call(credential, health, {}, { signal: AbortSignal.abort() });
		await expect(work).rejects.toMatchObject({ facts: { status: 'CANCELLED' } });
	});

	// Broken by a channel that stays broken, or by a failure that isn't worth another try.
	test('a server that is killed is lost, and found again when it is back', async () => {
		const first = await startArtificerServer();
		const again = credentialFor(first.address);
		await call(again, health, {});
		process.kill(first.pid, 'SIGKILL');
		await first.stop();
		const failure = await call(again, health, {}).catch((thrown: unknown) => thrown);
		expect(['lost', 'unreachable']).toContain((failure as { kind: string }).kind);
		const port = first.address.split(':').at(-1) ?? '';
		const second = await startArtificerServer({ GRPC_PORT: port });
		try {
			let answer: unknown;
			for (let tries = 0; !answer && tries < 100; tries++) {
				answer = await call(again, health, {}).catch(
					async () => await new Promise((resolve) => setTimeout(resolve, 100)),
				);
			}
			expect(answer).toMatchObject({ status: expect.stringMatching(/ok|degraded/) });
		} finally {
			await second.stop();
		}
	});
});

/** Waits until something holds, at most ten seconds. */
async function until(holds: () => boolean): Promise<void> {
	for (let looks = 0; !holds(); looks++) {
		if (looks === 1000) throw new Error(`Waited in vain until ${holds.toString()}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

describe('calls to a server that behaves like the reference server', () => {
	let reference: ReferenceServer;
	let credential: ArtificerCredential;

	beforeAll(async () => {
		reference = await ReferenceServer.start();
		credential = credentialFor(reference.address);
	});
	afterAll(() => reference.stop());

	// Broken by taking INTERNAL for transient.
	test('INTERNAL for a broken document is final, in its words', async () => {
		await expect(
			call(credential, extractText, { pdf_data: Buffer.from('x') }),
		).rejects.toMatchObject({
			kind: 'rejected',
			message: 'PDF text extraction failed: cannot open broken document',
			facts: { status: 'INTERNAL' },
		});
	});

	// Broken by a limit that the user doesn't hear of.
	test('its limit of 4 MiB is told', async () => {
		await expect(
			call(credential, extractText, { pdf_data: Buffer.alloc(5 * MiB) }),
		).rejects.toMatchObject({
			kind: 'rejected',
			message: 'The file or text is too large: 5.0 MB, and the server takes at most 4.0 MB',
		});
	});

	// Broken by blaming the server for our own limit.
	test('an answer over the credential’s limit is told as ours', async () => {
		const small = { ...credential, maxMessageMb: 1 };
		await expect(call(small, countTokens, { content: 'large' })).rejects.toMatchObject({
			kind: 'rejected',
			message: 'The answer is too large: 2.0 MB, and this node takes at most 1.0 MB',
			facts: { hint: 'Raise Largest Message in the Artificer credential.' },
		});
	});

	// Broken by a cancel that stays on our side: the server would go on for nobody.
	test('a cancel reaches the server', async () => {
		const stop = new AbortController();
		const before = { ...reference.seen };
		const work = call(credential, countTokens, { content: 'hang' }, { signal: stop.signal });
		const ended = expect(work).rejects.toMatchObject({ facts: { status: 'CANCELLED' } });
		await until(() => reference.seen.begun > before.begun);
		stop.abort();
		await ended;
		await until(() => reference.seen.cancelled > before.cancelled);
	});

	// Broken by a server that hangs and takes the node with it.
	test('a call that never returns ends with its time, and the server is told', async () => {
		const before = { ...reference.seen };
		const work = call(credential, countTokens, { content: 'hang' }, { timeoutMs: 300 });
		await expect(work).rejects.toMatchObject({
			kind: 'timeout',
			message: 'No answer within 0.3 s',
		});
		await until(() => reference.seen.cancelled > before.cancelled);
	});

	// Broken by a server that dies mid-call being told as a final failure.
	test('a connection that breaks mid-call is worth another try', async () => {
		const own = await ReferenceServer.start();
		const work = call(credentialFor(own.address), countTokens, { content: 'hang' });
		const ended = expect(work).rejects.toMatchObject({ kind: 'lost' });
		await until(() => own.seen.begun > 0);
		own.stop();
		await ended;
	});

	// Broken by a method that a server lacks being tried again.
	test('an operation that it does not offer is final', async () => {
		await expect(call(credential, health, {})).rejects.toMatchObject({
			kind: 'rejected',
			facts: { status: 'UNIMPLEMENTED' },
		});
	});
});
