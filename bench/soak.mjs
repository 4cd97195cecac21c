// @ts-check
import { publishBatchTemplates } from '../sandbox/cluster/batch-templates.mjs';
import { runBatch } from './support/batch.mjs';
import { usage, withCluster } from './support/cluster.mjs';
import { linePlot } from './support/plot.mjs';

const documents = 5_000;
/** How often the memory is looked at, in ms. */
const interval = 2_000;
/** What the fitted line may rise over the last half of the run, as a share of its mean. */
const allowed = 0.1;

/**
 * Memory of all processes of a cluster while one large batch passes through it.
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
		try {
			await runBatch(live, {
				id: 'soak',
				documents,
				progress: (done) => console.log(`  ${done} documents after ${minutes().toFixed(1)} min`),
			});
		} finally {
			clearInterval(timer);
			await looking;
		}
		return findings(memory, minutes(), versions);
	});
}

/**
 * @param {Map<string, [number, number][]>} memory MB over minutes, by process
 * @param {number} minutes that it took
 * @param {Record<string, string>} versions
 * @returns {import('./support/findings.mjs').Findings}
 */
function findings(memory, minutes, versions) {
	// PostgreSQL and Redis grow with what they are given to keep; their memory is set, not leaked.
	const watched = new Map([...memory].filter(([name]) => !/^(PostgreSQL|Redis)$/.test(name)));
	const judged = [...watched].map(([name, line]) => ({ name, line, ...growth(line) }));
	const worst = Math.max(...judged.map(({ share }) => share));
	return {
		title: 'Five thousand documents',
		intro: `One batch of ${documents.toLocaleString('en')} short documents in Korean, Japanese and Chinese through the template «Distributed Batch», ten in a part, on a cluster with two workers that run five executions at once each; specialists simulated without delay. Every document was done, in ${minutes.toFixed(1)} min: ${(documents / minutes / 60).toFixed(1)} a second. Memory is the resident set of a process with all that it started, looked at every ${interval / 1000} s. Growth is judged by a straight line fitted to the last half of the run: what it rises over that half, as a share of its mean.`,
		tables: [
			{
				caption: 'Memory over the last half of the run:',
				columns: ['', 'Mean, MB', 'Fitted rise, MB', 'Rise', 'Most, MB'],
				rows: judged.map(({ name, line, mean, rise, share }) => [
					name,
					mean.toFixed(0),
					rise.toFixed(1),
					`${(100 * share).toFixed(1)} %`,
					Math.max(...line.map(([, value]) => value)).toFixed(0),
				]),
			},
		],
		pictures: [
			{
				file: 'soak.svg',
				alt: `Memory of each process in megabytes over ${minutes.toFixed(0)} minutes`,
				content: linePlot({
					title: `Memory while ${documents.toLocaleString('en')} documents pass`,
					x: 'Time, minutes',
					y: 'Resident memory, MB',
					lines: watched,
				}),
			},
		],
		goals: [
			{
				goal: `No process grows after its warm-up: over the last half the fitted line rises by at most ${100 * allowed} % of its mean`,
				measured: `at most ${(100 * worst).toFixed(1)} %`,
				met: worst <= allowed,
			},
		],
		versions,
	};
}

/**
 * The least-squares line through the last half of the points.
 *
 * @param {[number, number][]} line
 */
function growth(line) {
	const half = line.slice(Math.floor(line.length / 2));
	const meanOf = (/** @type {number[]} */ values) =>
		values.reduce((sum, value) => sum + value, 0) / values.length;
	const meanX = meanOf(half.map(([x]) => x));
	const mean = meanOf(half.map(([, y]) => y));
	const covariance = meanOf(half.map(([x, y]) => (x - meanX) * (y - mean)));
	const variance = meanOf(half.map(([x]) => (x - meanX) ** 2));
	const first = half[0]?.[0] ?? 0;
	const last = half.at(-1)?.[0] ?? 0;
	const rise = (covariance / variance) * (last - first);
	return { mean, rise, share: rise / mean };
}
