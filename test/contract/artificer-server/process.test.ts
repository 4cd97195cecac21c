import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { ArtificerClient } from '../support/artificerClient';
import { failArtificerServer, startArtificerServer } from '../support/artificerServer';

describe('the process', () => {
	// Breaks when something else is printed, when it listens beyond loopback, or when a stop fails.
	it('prints one line when it is ready, answers, and ends with code 0 at SIGTERM', async () => {
		const server = await startArtificerServer();
		expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
		const client = new ArtificerClient(server.address);
		await client.call('TextService/CountTokens', { content: 'hello', model: 'gpt-4' });
		client.close();
		expect(await server.stop()).toBe(0);
		expect(server.stdout()).toBe(`artificer-server listening on ${server.address}\n`);
	});

	// Breaks when a stop drops calls instead of letting them finish.
	it('lets calls that are under way finish at a stop', async () => {
		const server = await startArtificerServer();
		const client = new ArtificerClient(server.address);
		await client.call('MetricsService/HealthCheck');
		const content = 'word '.repeat(400_000);
		const counting = client.call('TextService/CountTokens', { content, model: 'gpt-4' });
		// The server logs nothing before a call ends, so a second call shows that the first is there.
		await client.call('MetricsService/GetMetrics');
		const stopped = server.stop();
		expect(await counting).toMatchObject({ token_count: 400_001 });
		client.close();
		expect(await stopped).toBe(0);
	});

	// Breaks when a taken port ends in a stack or in code 0.
	it('says in a sentence that the port is taken', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		await once(blocker, 'listening');
		const { port } = blocker.address() as { port: number };
		const failed = await failArtificerServer({ GRPC_PORT: String(port) });
		blocker.close();
		expect(failed).toEqual({
			code: 1,
			stdout: '',
			stderr:
				`Can't listen on 127.0.0.1:${port}: port ${port} is taken. ` +
				'Stop what uses it, or set GRPC_PORT to another one (0 takes a free one).\n',
		});
	});

	// Breaks when a bad setting is taken for its default, or is answered by anything but a sentence.
	it.each([
		['GRPC_PORT', '70000', /GRPC_PORT is "70000".*from 0 to 65535/],
		['GRPC_PORT', 'http', /GRPC_PORT is "http"/],
		['GRPC_MAX_WORKERS', '0', /GRPC_MAX_WORKERS is "0".*from 1 to 256/],
		['ARTIFICER_MAX_MESSAGE_MB', '-1', /ARTIFICER_MAX_MESSAGE_MB is "-1"/],
		['ARTIFICER_OCR_LANGUAGES', 'eng,kor', /ARTIFICER_OCR_LANGUAGES is "eng,kor".*eng\+kor/],
		['GRPC_TLS_CERT', '/nowhere', /GRPC_TLS_KEY is not set/],
		['GRPC_HOST', 'no.such.host.invalid', /Can't listen on no\.such\.host\.invalid/],
	])('refuses %s=%s', async (name, value, message) => {
		const failed = await failArtificerServer({ [name]: value });
		expect(failed).toMatchObject({ code: 1, stdout: '' });
		expect(failed.stderr).toMatch(message);
		expect(failed.stderr.trim().split('\n')).toHaveLength(1);
	});

	// Breaks when TLS files that can't be read are met only by the first client.
	it('refuses TLS files that are not there', async () => {
		const failed = await failArtificerServer({
			GRPC_TLS_CERT: '/nowhere/c',
			GRPC_TLS_KEY: '/nowhere/k',
		});
		expect(failed.code).toBe(1);
		expect(failed.stderr).toBe(
			"The file of GRPC_TLS_CERT can't be read: /nowhere/c. Check path and rights.\n",
		);
	});
});

describe('gRPC’s own services', () => {
	// Breaks when probes of an orchestrator, or tools like grpcurl, find nothing.
	it('answers health checks, and describes all 21 RPCs by reflection', async () => {
		const server = await startArtificerServer();
		const health = loadSync(require.resolve('grpc-health-check/proto/health/v1/health.proto'));
		const check = (health['grpc.health.v1.Health'] as grpc.ServiceDefinition).Check;
		const reflection = loadSync(
			require.resolve('@grpc/reflection/build/proto/grpc/reflection/v1/reflection.proto'),
		);
		const info = (reflection['grpc.reflection.v1.ServerReflection'] as grpc.ServiceDefinition)
			.ServerReflectionInfo;
		if (check === undefined || info === undefined) throw new Error('the protocols have changed');
		const client = new grpc.Client(server.address, grpc.credentials.createInsecure());
		const status = await new Promise((resolve, reject) => {
			client.makeUnaryRequest(
				check.path,
				check.requestSerialize,
				check.responseDeserialize,
				{},
				(error, answer) => (error ? reject(error) : resolve(answer)),
			);
		});
		expect(status).toMatchObject({ status: 1 });
		const stream = client.makeBidiStreamRequest(
			info.path,
			info.requestSerialize,
			info.responseDeserialize,
		);
		stream.write({ fileContainingSymbol: 'artificer.PDFService' });
		const [answer] = (await once(stream, 'data')) as [{ fileDescriptorResponse: object }];
		expect(answer.fileDescriptorResponse).toBeTruthy();
		stream.write({ listServices: '' });
		const [list] = (await once(stream, 'data')) as [
			{ listServicesResponse: { service: { name: string }[] } },
		];
		const names = list.listServicesResponse.service.map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(
				['Conversion', 'Image', 'Metrics', 'PDF', 'Text'].map((name) => `artificer.${name}Service`),
			),
		);
		stream.end();
		client.close();
		await server.stop();
	});
});
