import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { startArtificerServer, type ArtificerServer } from '../../contract/support/artificerServer';
import { makeCertificate, type Certificate } from '../../contract/support/certificates';
import { FableForgeServer } from '../../contract/support/fableforgeServer';
import type { World } from './world';

const key = 'a-key-that-nobody-may-see';

interface Verdict {
	status: 'OK' | 'Error';
	message: string;
}

/** What a user sees who presses the test button of a saved credential. */
async function pressTest({ n8n }: World, type: string, data: IDataObject): Promise<Verdict> {
	const saved = await n8n.request<Array<{ id: string; name: string; type: string }>>(
		'GET',
		'/rest/credentials',
	);
	const { id, name } = saved.find((credential) => credential.type === type) ?? {};
	const credentials = { id, name, type, data };
	return await n8n.request<Verdict>('POST', '/rest/credentials/test', { credentials });
}

/** Both credentials' test button, against services as they are and as they shouldn't be. */
export function describeCredentialTests(world: () => World): void {
	let folder: string;
	let own: Certificate;
	let artificer: ArtificerServer;
	let fableForge: FableForgeServer;
	let web: Server;
	let webAddress: string;

	beforeAll(async () => {
		own = await makeCertificate();
		folder = await mkdtemp(path.join(tmpdir(), 'credential-tests-'));
		const [cert, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
		await Promise.all([writeFile(cert, own.cert), writeFile(keyFile, own.key)]);
		[artificer, fableForge] = await Promise.all([
			startArtificerServer({
				ARTIFICER_API_KEY: key,
				GRPC_TLS_CERT: cert,
				GRPC_TLS_KEY: keyFile,
			}),
			FableForgeServer.start({ FABLEFORGE_API_KEY: key }),
		]);
		// Its health is open to everyone; the rest looks at who asks, where somebody says so.
		web = createServer(own, ({ url, headers: { authorization } }, response) => {
			const known = authorization === undefined || authorization === `Bearer ${key}`;
			response.statusCode = url === '/health' ? 200 : known ? 400 : 401;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ status: 'healthy', service: 'FableForge', detail: '' }));
		});
		web.listen(0, '127.0.0.1');
		await once(web, 'listening');
		webAddress = `https://localhost:${(web.address() as AddressInfo).port}`;
	});

	afterAll(async () => {
		await artificer?.stop();
		await fableForge?.stop();
		web?.close();
		await rm(folder, { recursive: true, force: true });
	});

	/** Presses the button, and looks that no answer gives a secret away. */
	async function verdict(type: string, data: IDataObject): Promise<Verdict> {
		const answer = await pressTest(world(), type, data);
		expect(answer.message).not.toContain(key);
		return { status: answer.status, message: answer.message };
	}

	const bearer = { authentication: 'bearerToken', token: key };
	const wrongBearer = { authentication: 'bearerToken', token: 'wrong' };

	describe('the test button of the Artificer credential', () => {
		const ask = async (data: IDataObject) => await verdict('artificerApi', data);
		const tls = () => ({
			address: artificer.address.replace('127.0.0.1', 'localhost'),
			security: 'tls',
			publicCaCertificate: own.cert,
		});

		// Broken by a test that n8n doesn't find, or that doesn't say whom it has reached.
		it('is green, with version and engines', async () => {
			const answer = await ask({ address: world().artificer.address });
			expect(answer.message).toMatch(/^Connected to \S.* \d+\.\d+\.\d+ \(/);
			expect(answer.status).toBe('OK');
			expect(await ask({ ...tls(), ...bearer })).toMatchObject({ status: 'OK' });
		});

		// Broken by gRPC's own words, which help nobody.
		it('says that nobody listens', async () => {
			expect(await ask({ address: '127.0.0.1:9' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(
					/^Artificer can't be reached at 127\.0\.0\.1:9\. Check that the server is running/,
				),
			});
		});

		// Broken by a check that is off, or by a message that doesn't say where the authority goes.
		it('says that the certificate is not trusted', async () => {
			expect(await ask({ ...tls(), ...bearer, publicCaCertificate: '' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/is not trusted\. Put .* into CA Certificate/),
			});
		});

		// Broken by a health check that is open to whoever asks.
		it('says that the token is wrong or missing', async () => {
			for (const more of [wrongBearer, {}]) {
				expect(await ask({ ...tls(), ...more })).toEqual({
					status: 'Error',
					message: expect.stringMatching(/^Artificer did not accept the credential\. Check/),
				});
			}
		});
	});

	describe('the test button of the FableForge credential', () => {
		const ask = async (data: IDataObject) => await verdict('fableForgeApi', data);

		// Broken by a test that n8n doesn't find, or a token that isn't sent.
		it('is green, with the name of the service', async () => {
			const connected = { status: 'OK', message: 'Connected to FableForge (healthy)' };
			expect(await ask({ baseUrl: world().fableForge.url })).toEqual(connected);
			expect(await ask({ baseUrl: fableForge.url, ...bearer })).toEqual(connected);
		});

		// Broken by a bare ECONNREFUSED.
		it('says that nobody listens', async () => {
			expect(await ask({ baseUrl: 'http://127.0.0.1:9' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(
					/^FableForge at http:\/\/127\.0\.0\.1:9 can't be reached\. Check that the service/,
				),
			});
		});

		// Broken by a name that only the network would refuse.
		it('says what a web address looks like', async () => {
			expect(await ask({ baseUrl: 'localhost:8080' })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/is no web address\. Write it with http:/),
			});
		});

		// Broken by an own authority or a switched-off check that only the node knows, not the button.
		it('trusts a certificate by its authority, or unchecked where the user says so', async () => {
			expect(await ask({ baseUrl: webAddress })).toEqual({
				status: 'Error',
				message: expect.stringMatching(/is not trusted\. Put .* into CA Certificate/),
			});
			for (const more of [{ publicCaCertificate: own.cert }, { ignoreTlsIssues: true }]) {
				expect(await ask({ baseUrl: webAddress, ...more })).toMatchObject({ status: 'OK' });
			}
		});

		// Broken by asking for the health alone, which is open to everyone.
		it('says that the token is wrong or missing', async () => {
			for (const more of [
				{ baseUrl: fableForge.url },
				{ baseUrl: fableForge.url, ...wrongBearer },
				{ baseUrl: webAddress, ignoreTlsIssues: true, ...wrongBearer },
			]) {
				expect(await ask(more)).toEqual({
					status: 'Error',
					message: expect.stringMatching(/^FableForge did not accept the credential/),
				});
			}
		});
	});
}
