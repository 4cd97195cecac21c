import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { deploy, node24, read } from './files';

const run = promisify(execFile);
/** The longest that one RUN line may take, in ms: npm's installs took 10 to 40 s. */
const timeout = 150_000;

interface Instruction {
	name: string;
	rest: string;
}

/** A Dockerfile of deploy/images, whose lines are run here by hand: there is no container engine. */
export class Dockerfile {
	readonly instructions: Instruction[];

	constructor(readonly file: string) {
		this.instructions = read('deploy', 'images', file)
			.split('\n')
			.filter((line) => line && !line.startsWith('#'))
			.map((line) => {
				const [name = '', ...rest] = line.split(' ');
				return { name, rest: rest.join(' ') };
			});
	}

	/** All that follows an instruction's name, for each time that it occurs. */
	all(name: string): string[] {
		return this.instructions.filter((one) => one.name === name).map(({ rest }) => rest);
	}

	/** What ENV sets. */
	environment(): Record<string, string> {
		const pairs = this.all('ENV').flatMap((rest) => rest.split(' '));
		return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]));
	}

	/** The command that the container runs, and the one that checks it. */
	command(): string[] {
		return JSON.parse(this.all('CMD')[0] ?? '[]') as string[];
	}

	healthCheck(): string[] {
		const [, command = '[]'] = /CMD (\[.*\])$/.exec(this.all('HEALTHCHECK')[0] ?? '') ?? [];
		return JSON.parse(command) as string[];
	}
}

/** A folder that stands for an image's file system. */
export class Image {
	private folder = '/';

	constructor(
		readonly dockerfile: Dockerfile,
		/** An empty folder, the root of the image. */
		private readonly root: string,
		/** Where `npm run pack` has put the tarballs: deploy/packages in a build. */
		private readonly packages: string,
	) {}

	/** The folder that the image's last WORKDIR names. */
	get workFolder(): string {
		return path.join(this.root, this.folder);
	}

	/**
	 * Does what the file's lines say. Gives the RUN lines that were not run: those that install
	 * Debian's packages, which belong to the machine.
	 */
	async build(): Promise<string[]> {
		const notRun: string[] = [];
		for (const { name, rest } of this.dockerfile.instructions) {
			if (name === 'WORKDIR') this.enter(rest);
			if (name === 'COPY') this.copy(rest);
			if (name !== 'RUN') continue;
			if (rest.startsWith('apt-get ')) notRun.push(rest);
			else
				await run('sh', ['-c', rest], { cwd: this.workFolder, env: this.environment(), timeout });
		}
		return notRun;
	}

	/** Starts the image's command, with what a user of the image sets. */
	start(settings: Record<string, string>): ChildProcess {
		const [file = '', ...args] = this.dockerfile.command();
		return spawn(file, args, {
			cwd: this.workFolder,
			env: this.environment(settings),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	}

	/** Runs the image's health check; gives its exit code and what it said. */
	async check(settings: Record<string, string>, ...replaced: [string, string][]) {
		const [file = '', ...given] = this.dockerfile.healthCheck();
		const args = given.map((arg) => replaced.reduce((text, [a, b]) => text.replace(a, b), arg));
		const options = { cwd: this.workFolder, env: this.environment(settings) };
		return await run(file, args, options).then(
			({ stderr }) => ({ code: 0, said: stderr }),
			({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
		);
	}

	/** The machine's, without what it has set for servers of its own and for the npm that runs this test. */
	environment(settings: Record<string, string> = {}): NodeJS.ProcessEnv {
		const foreign =
			/^(GRPC_|ARTIFICER_|FABLEFORGE_|OPENAI_|OCR_MODEL$|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|npm_(package|lifecycle|command|config_(local_prefix|prefix))|JEST_)/;
		const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
		return {
			...Object.fromEntries(own),
			PATH: `${path.dirname(node24)}${path.delimiter}${process.env.PATH ?? ''}`,
			...this.dockerfile.environment(),
			...settings,
		};
	}

	private enter(folder: string): void {
		this.folder = path.posix.resolve(this.folder, folder);
		mkdirSync(this.workFolder, { recursive: true });
	}

	private copy(rest: string): void {
		const places = rest.split(' ').filter((word) => !word.startsWith('--'));
		const target = path.join(this.root, path.posix.resolve(this.folder, places.pop() ?? '.'));
		for (const place of places) {
			const from = place.startsWith('packages/')
				? path.join(this.packages, path.basename(place))
				: path.join(deploy, place);
			cpSync(from, path.join(target, path.basename(place)));
		}
	}
}
