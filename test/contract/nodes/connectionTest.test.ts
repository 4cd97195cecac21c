import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Server, ServerCredentials } from '@grpc/grpc-js';

import type { ArtificerCredential } from '../../../nodes/Artificer/transport/connection';
import { testConnection } from '../../../nodes/Artificer/transport/connectionTest';
import { startArtificerServer, type ArtificerServer } from '../support/artificerServer';
import { makeCertificate, type Certificate } from '../support/certificates';

const key = 'a-key-that-nobody-may-see';

let folder: string;
let own: Certificate;
let other: Certificate;
let plain: ArtificerServer;
let guarded: ArtificerServer;
let encrypted: ArtificerServer;
let mutual: ArtificerServer;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'artificer-tls-'));
	[own, other] = await Promise.all([makeCertificate(), makeCertificate('elsewhere.example')]);
	const [cert, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
	await Promise.all([writeFile(cert, own.cert), writeFile(keyFile, own.key)]);
	const tls = { GRPC_TLS_CERT: cert, GRPC_TLS_KEY: keyFile };
	[plain, guarded, encrypted, mutual] = await Promise.all([
		startArtificerServer(),
		startArtificerServer({ ARTIFICER_API_KEY: key }),
		startArtificerServer(tls),
		startArtificerServer({ ...tls, GRPC_TLS_CA: cert }),
	]);
});

afterAll(async () => {
	await Promise.all([plain, guarded, encrypted, mutual].map(async (server) => await server.stop()));
	await rm(folder, { recursive: true, force: true });
});

async function tested(address: string, more: Partial<ArtificerCredential> = {}) {
	return await testConnection({ address, security: 'plaintext', authentication: 'none', ...more });
}

/** The certificate is for a name, the server listens on a number. */
function byName(server: ArtificerServer): string {
	return server.address.replace('127.0.0.1', 'localhost');
}

describe('the test button says that it works', () => {
	// Broken by an answer whose version or engines don't reach the user.
	test('with the version and the engines', async () => {
		const { status, message } = await tested(plain.address);
		expect(message).toMatch(/^Connected to \S.* \d+\.\d+\.\d+ \(ok|degraded\); available: \w/);
		expect(status).toBe('OK');
	});

	// Broken by a token that is not sent.
	test('with the right token', async () => {
		const answer = await tested(guarded.address, { authentication: 'bearerToken', token: key });
		expect(answer).toMatchObject({ status: 'OK' });
	});

	// Broken by an own authority that is ignored, or PEM that lost its line breaks in a one-line field.
	test('over TLS with an authority of its own, its PEM in lines or in one line', async () => {
		for (const publicCaCertificate of [own.cert, own.cert.trim().replace(/\r?\n/g, ' ')]) {
			const answer = await tested(byName(encrypted), { security: 'tls', publicCaCertificate });
			expect(answer).toMatchObject({ status: 'OK' });
		}
	});

	// Broken by a client certificate that is not shown.
	test('over mutual TLS, and without a client certificate it does not', async () => {
		const tls = { security: 'tls', publicCaCertificate: own.cert } as const;
		const certificate = {
			publicClientCertificate: own.cert,
			privateKey: own.key.trim().replace(/\r?\n/g, ' '),
		};
		expect(
			await tested(byName(mutual), { ...tls, ...certificate, security: 'mutualTls' }),
		).toMatchObject({ status: 'OK' });
		expect(await tested(byName(mutual), tls)).toMatchObject({ status: 'Error' });
	});

	// Broken by a server name that is not used for checking.
	test('by another name where the credential names the one in the certificate', async () => {
		const tls = { security: 'tls', publicCaCertificate: own.cert } as const;
		expect(await tested(encrypted.address, { ...tls, serverName: 'localhost' })).toMatchObject({
			status: 'OK',
		});
	});
});

describe('the test button says what is wrong', () => {
	async function wrong(address: string, more: Partial<ArtificerCredential> = {}) {
		const { status, message } = await tested(address, more);
		expect(status).toBe('Error');
		// Broken by a message that gives the secret away.
		expect(message).not.toContain(key);
		return message;
	}

	// Broken by any of these being told as «lost» or in gRPC's own words.
	test('the name is not found', async () => {
		expect(await wrong('artificer.invalid:50051')).toContain(
			"The name in artificer.invalid:50051 can't be found",
		);
	});

	test('nobody listens', async () => {
		const gone = await startArtificerServer();
		await gone.stop();
		expect(await wrong(gone.address)).toContain(`Artificer can't be reached at ${gone.address}`);
	});

	test('the server expects TLS', async () => {
		expect(await wrong(byName(encrypted))).toMatch(/expects TLS/);
	});

	test('the server does not speak TLS', async () => {
		expect(await wrong(plain.address, { security: 'tls' })).toMatch(/does not speak TLS/);
	});

	test('the certificate is not trusted', async () => {
		expect(await wrong(byName(encrypted), { security: 'tls' })).toContain('is not trusted');
		expect(
			await wrong(byName(encrypted), { security: 'tls', publicCaCertificate: other.cert }),
		).toContain('is not trusted');
	});

	test('the certificate is for another name', async () => {
		const tls = { security: 'tls', publicCaCertificate: own.cert } as const;
		expect(await wrong(encrypted.address, tls)).toContain('Server Name');
	});

	test('the token is missing or wrong', async () => {
		for (const more of [{}, { authentication: 'bearerToken', token: 'wrong' } as const]) {
			expect(await wrong(guarded.address, more)).toContain(
				'Artificer did not accept the credential',
			);
		}
	});

	test('a certificate that is no PEM', async () => {
		expect(
			await wrong(byName(encrypted), { security: 'tls', publicCaCertificate: 'no certificate' }),
		).toMatch(/CA Certificate/);
	});

	test('another gRPC server', async () => {
		const server = new Server();
		const port = await new Promise<number>((resolve, reject) =>
			server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
				error ? reject(error) : resolve(bound),
			),
		);
		expect(await wrong(`127.0.0.1:${port}`)).toContain(
			'Check that the address in the credential is that of an Artificer',
		);
		server.forceShutdown();
	});

	test('a web server', async () => {
		const web: HttpServer = createServer((_, response) => response.end('hello'));
		web.listen(0, '127.0.0.1');
		await once(web, 'listening');
		const { port } = web.address() as AddressInfo;
		expect(await wrong(`127.0.0.1:${port}`)).toMatch(/is no gRPC server/);
		web.closeAllConnections();
		web.close();
	});
});
