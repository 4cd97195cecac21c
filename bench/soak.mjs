// @ts-check
import { publishBatchTemplates } from '../sandbox/cluster/batch-templates.mjs';
import { runBatch } from './support/batch.mjs';
import { usage, withCluster } from './support/cluster.mjs';
import { linePlot } from './support/plot.mjs';

const documents = 5_000;
/** How often the memory is looked at, in ms. */
const interval = 2_000;
/** What a process may hold more at its most in the second batch than in the first, as a share. */
const allowed = 0.1;

/**
 * Memory of all processes of a cluster while a large batch passes through it, and then another.
 *
 * @returns {Promise<import('./support/findings.mjs').Findings>}
 */
export async function bench() {
	const size = { workers: 2, artificers: 2, concurrency: 5 };
	return await withCluster({ size }, async ({ cluster, versions }) => {
		const live = await publishBatchTemplates(cluster);
		/** @type {Map<string, [number, number][]>} */
		const memory = new Map();
		const begun = performance.now();
		const minutes = () => (performance.now() - begun) / 60_000;
		let looking = Promise.resolve();
		const timer = setInterval(() => {
			looking = looking.then(async () => {
				for (const [name, { megabytes }] of await usage(cluster)) {
					const line = memory.get(name) ?? [];
					line.push([minutes(), megabytes]);
					memory.set(name, line);
				}
			});
		}, interval);
		/** When each batch ended. @type {number[]} */
		const ends = [];
		try {
			for (const id of ['first', 'second']) {
				await runBatch(live, {
					id,
					documents,
					progress: (done) =>
						console.log(`  ${id}: ${done} documents after ${minutes().toFixed(1)} min`),
				});
				ends.push(minutes());
			}
		} finally {
			clearInterval(timer);
			await looking;
		}
		const [first = 0, second = 0] = ends;
		return findings(memory, { first, second }, versions);
	});
}

/**
 * @param {Map<string, [number, number][]>} memory MB over minutes, by process
 * @param {{ first: number, second: number }} ends of both batches, in minutes
 * @param {Record<string, string>} versions
 * @returns {import('./support/findings.mjs').Findings}
 */
function findings(memory, { first, second }, versions) {
	// PostgreSQL and Redis grow with what they are given to keep; their memory is set, not leaked.
	const watched = new Map([...memory].filter(([name]) => !/^(PostgreSQL|Redis)$/.test(name)));
	const judged = [...watched].map(([name, line]) => {
		const most = (/** @type {(minute: number) => boolean} */ within) =>
			Math.max(...line.filter(([minute]) => within(minute)).map(([, value]) => value));
		const [before, after] = [most((minute) => minute <= first), most((minute) => minute > first)];
		return { name, before, after, share: after / before - 1 };
	});
	const worst = Math.max(...judged.map(({ share }) => share));
	const rate = (/** @type {number} */ minutes) => (documents / minutes / 60).toFixed(1);
	const many = documents.toLocaleString('en');
	return {
		title: 'Five thousand documents, twice',
		intro: `A batch of ${many} short documents in Korean, Japanese and Chinese through the template «Distributed Batch», ten in a part, and then another, on a cluster with two workers that run five executions at once each; specialists simulated without delay. Every document was done: the first batch in ${first.toFixed(1)} min (${rate(first)} documents a second), the second in ${(second - first).toFixed(1)} (${rate(second - first)}). Memory is the resident set of a process with all that it started, looked at every ${interval / 1000} s. The first batch warms up; what the second holds more at its most would be what is never given back.`,
		tables: [
			{
				caption: 'Memory at its most:',
				columns: ['', 'First batch, MB', 'Second batch, MB', 'More'],
				rows: judged.map(({ name, before, after, share }) => [
					name,
					before.toFixed(0),
					after.toFixed(0),
					`${(100 * share).toFixed(1)} %`,
				]),
			},
		],
		pictures: [
			{
				file: 'soak.svg',
				alt: `Memory of each process in megabytes over ${second.toFixed(0)} minutes`,
				content: linePlot({
					title: `Memory while ${many} documents pass, twice`,
					x: 'Time, minutes',
					y: 'Resident memory, MB',
					lines: watched,
				}),
			},
		],
		goals: [
			{
				goal: `No process grows after its warm-up: at its most it holds at most ${100 * allowed} % more in the second batch than in the first`,
				measured: `at most ${(100 * worst).toFixed(1)} %`,
				met: worst <= allowed,
			},
		],
		versions,
	};
}
