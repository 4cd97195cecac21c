import { callSandbox, runScript } from './support/inNode';

interface ClusterSize {
	workers: number;
	artificers: number;
	concurrency: number;
}

const read = async (args: string[]) =>
	await callSandbox<ClusterSize>('../cluster/options.mjs', 'readClusterSize', args);

describe('the command that starts a cluster', () => {
	it('takes the numbers of workers and servers; broken by an option that is ignored', async () => {
		expect(await read([])).toEqual({ workers: 2, artificers: 2, concurrency: 10 });
		expect(await read(['--workers', '4', '--artificers=1', '--concurrency', '5'])).toEqual({
			workers: 4,
			artificers: 1,
			concurrency: 5,
		});
	});

	it.each([
		[['--workers', '0'], '--workers is «0»: give a whole number from 1 to 16'],
		[['--workers', 'two'], '--workers is «two»'],
		[['--artificers', '1.5'], '--artificers is «1.5»'],
		[['--concurrency', '1000'], '--concurrency is «1000»: give a whole number from 1 to 100'],
		[['--worker', '2'], 'npm run cluster knows --workers, --artificers, --concurrency'],
		[['2'], 'not «2»'],
	])('refuses %j in a sentence; broken by a cluster of no workers', async (args, sentence) => {
		await expect(read(args)).rejects.toThrow(sentence);
	});

	it('says how its programs are installed; broken by a start that fails halfway without Redis', async () => {
		const output = await runScript(`
			const { demandPrograms } = await library('../cluster/programs.mjs');
			process.env.PATH = '';
			await demandPrograms().catch((error) => console.log(error.message));
		`);
		expect(output).toMatch(
			/^A cluster needs PostgreSQL and Redis, and this machine has no .*Redis: install them \(«apt-get install postgresql redis-server»/,
		);
	});
});
