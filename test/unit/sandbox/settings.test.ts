import { callSandbox } from './support/inNode';

interface Settings {
	n8nPort: number;
	artificerPort: number;
	artificerHost?: string;
	fableForgeUrl?: string;
}

const read = async (env: Record<string, string>) =>
	await callSandbox<Settings>('settings.mjs', 'readSettings', env);

describe('the settings of the sandbox', () => {
	it('have defaults away from those of n8n and the services; broken by a default that an n8n of the user has', async () => {
		const { n8nPort, artificerPort, artificerHost } = await read({});
		expect(n8nPort).not.toBe(5678);
		expect(artificerPort).not.toBe(50051);
		expect(artificerHost).toBeUndefined();
	});

	it('take services that are there already; broken by a slash that doubles in the address', async () => {
		expect(
			await read({
				ARTIFICER_GRPC_HOST: 'docs.example:50051',
				FABLEFORGE_URL: 'http://ff.example:8080/',
			}),
		).toMatchObject({
			artificerHost: 'docs.example:50051',
			fableForgeUrl: 'http://ff.example:8080',
		});
	});

	it.each([
		[{ SANDBOX_N8N_PORT: 'abc' }, 'SANDBOX_N8N_PORT is «abc»'],
		[{ SANDBOX_N8N_PORT: '70000' }, 'SANDBOX_N8N_PORT is «70000»'],
		[{ SANDBOX_N8N_PORT: '5701' }, 'SANDBOX_N8N_PORT and SANDBOX_BROKER_PORT are both 5701'],
		[{ ARTIFICER_GRPC_HOST: 'http://x:1' }, 'ARTIFICER_GRPC_HOST is «http://x:1»'],
		[{ FABLEFORGE_URL: 'localhost:8080' }, 'FABLEFORGE_URL is «localhost:8080»'],
	])(
		'refuse %j with the name and the value; broken by a start with a wrong setting',
		async (env, sentence) => {
			await expect(read(env)).rejects.toThrow(sentence);
		},
	);
});
