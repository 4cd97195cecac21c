import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import { ArtificerClient, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { type Identity, makeCertificates } from './fixtures/certificates';

const certificates = makeCertificates();
afterAll(() => certificates.remove());

const { ca, files } = certificates;
const TLS = { GRPC_TLS_CERT: files.cert, GRPC_TLS_KEY: files.key };

function secure(identity?: Identity, root: string = ca): ChannelCredentials {
	const [key, cert] = [identity?.key, identity?.cert].map((text) =>
		text ? Buffer.from(text) : null,
	);
	return credentials.createSsl(Buffer.from(root), key, cert);
}

async function health(
	server: ArtificerServer,
	by: ChannelCredentials,
	metadata = {},
): Promise<object> {
	const client = new ArtificerClient(server.address, by);
	try {
		return await client.call('MetricsService/HealthCheck', {}, { metadata, deadlineMs: 20_000 });
	} finally {
		client.close();
	}
}

describe('TLS', () => {
	let server: ArtificerServer;
	beforeAll(async () => (server = await startArtificerServer(TLS)));
	afterAll(() => server.stop());

	it('lets in who trusts the server’s certificate', async () => {
		expect(await health(server, secure())).toMatchObject({ service: 'artificer-server' });
	});

	// Breaks when the server answers without TLS, or with another certificate.
	it('is of no use to plaintext and to who trusts somebody else', async () => {
		const plain = await failureOf(health(server, credentials.createInsecure()));
		expect(plain.status).toBe('UNAVAILABLE');
		const stranger = await failureOf(health(server, secure(undefined, certificates.stranger.cert)));
		expect(stranger.status).toBe('UNAVAILABLE');
	});
});

describe('mutual TLS', () => {
	let server: ArtificerServer;
	beforeAll(async () => (server = await startArtificerServer({ ...TLS, GRPC_TLS_CA: files.ca })));
	afterAll(() => server.stop());

	it('lets in a client of the authority', async () => {
		expect(await health(server, secure(certificates.client))).toMatchObject({ version: '0.1.0' });
	});

	// Breaks when the authority is read but clients' certificates aren't asked for, or aren't checked.
	it.each([
		['no certificate', undefined],
		['an expired one', certificates.expired],
		['one of another authority', certificates.stranger],
	])('keeps out a client with %s', async (_, identity) => {
		expect((await failureOf(health(server, secure(identity)))).status).toBe('UNAVAILABLE');
	});
});

describe('an API key', () => {
	const key = 'k3y-of-the-test';
	let server: ArtificerServer;
	let client: ArtificerClient;

	beforeAll(async () => {
		server = await startArtificerServer({ ARTIFICER_API_KEY: key });
		client = new ArtificerClient(server.address);
	});
	afterAll(async () => {
		client.close();
		await server.stop();
	});

	const call = (metadata: Record<string, string>): Promise<object> =>
		client.call('TextService/CountTokens', { content: 'x' }, { metadata });

	it('lets in who sends it', async () => {
		expect(await call({ authorization: `Bearer ${key}` })).toMatchObject({ token_count: 1 });
	});

	// Breaks when a call without the key, or with a part of it, is answered.
	it.each([
		[{}, /No API key was sent/],
		[{ authorization: 'Bearer k3y' }, /not the one of this server/],
		[{ authorization: key }, /not the one of this server/],
	])('judges %j', async (metadata, details) => {
		const failure = await failureOf(call(metadata));
		expect(failure).toEqual({ status: 'UNAUTHENTICATED', details: expect.stringMatching(details) });
	});

	// Breaks when a way in is forgotten: only gRPC's own health service is open, to probes.
	it('is asked for by every service, streams included', async () => {
		for (const rpc of ['MetricsService/HealthCheck', 'MetricsService/GetMetrics']) {
			expect((await failureOf(client.call(rpc))).status).toBe('UNAUTHENTICATED');
		}
		const stream = client.all('PDFService/ExtractPagesToImages', { pdf_data: Buffer.from('x') });
		expect((await failureOf(stream)).status).toBe('UNAUTHENTICATED');
	});

	// Breaks when a key, right or wrong, is written anywhere.
	it('is never logged', () => {
		expect(server.stderr() + server.stdout()).not.toContain('k3y');
	});
});
