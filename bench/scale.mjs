// @ts-check
import { withCluster } from './support/cluster.mjs';
import { median, seconds } from './support/measure.mjs';
import { costs } from './scale/costs.mjs';
import {
	computing,
	converting,
	digests,
	publish,
	sendAll,
	waiting,
	waitingLonger,
} from './scale/workloads.mjs';
import { useArtificers, useWorkers } from './scale/sizes.mjs';

const mostWorkers = 4;
/** Executions that a worker runs at once. */
const concurrency = 5;
/** There and back, so that what changes with time hits all sizes alike. */
const order = [4, 2, 1, 1, 2, 4];
const rounds = 2;
const requests = { waiting: 40, waitingLonger: 40, computing: 20, converting: 40 };
/** By their names in `requests`. */
const kinds = { waiting, waitingLonger, computing };
/** A worker that has just started compiles first. */
const warmUps = 12;

/**
 * The same work with one, two and four workers, and with one and two Artificer servers; and what a
 * document costs.
 *
 * @returns {Promise<import('./support/findings.mjs').Findings>}
 */
export async function bench() {
	const size = { workers: mostWorkers, artificers: 2, concurrency };
	const fableForgeSettings = { FABLEFORGE_DELAY_MS: '1000' };
	return await withCluster({ size, fableForgeSettings }, async ({ cluster, versions }) => {
		await publish(cluster, [...Object.values(kinds), converting]);
		const times = { waiting: emptyTimes(), waitingLonger: emptyTimes(), computing: emptyTimes() };
		for (const workers of order) {
			await useWorkers(cluster, workers);
			for (const kind of /** @type {const} */ (['waiting', 'waitingLonger', 'computing'])) {
				const send = async (/** @type {number} */ many) => sendAll(cluster, kinds[kind], many);
				await send(warmUps);
				for (let round = 0; round < rounds; round++) {
					times[kind].get(workers)?.push(await timed(async () => send(requests[kind])));
				}
			}
		}
		const servers = await artificerTimes(cluster);
		const cost = await costs(cluster);
		return {
			title: 'Many workers, many servers',
			intro: `A cluster as \`npm run cluster\` starts it, all on this machine: PostgreSQL, Redis, n8n's editor, its webhook process, and workers that run ${concurrency} executions at once each. All requests of a round are sent at once to a webhook that answers when its run has ended; each run is an execution of its own in the queue. The numbers of workers were gone through there and back. What waits, scales with workers on two cores too; what computes can't gain more than the cores that the other processes leave.`,
			tables: [...tablesOf(times), serversTable(servers), ...cost.tables],
			goals: [
				goal('five calls', times.waitingLonger, 2, 1.8),
				goal('five calls', times.waitingLonger, 4, 3.4),
				goal('one call', times.waiting, 2, 1.8),
				goal('one call', times.waiting, 4, 3.4),
			],
			versions,
		};
	});
}

/** @returns {Map<number, number[]>} by the number of workers */
function emptyTimes() {
	return new Map([1, 2, 4].map((workers) => [workers, []]));
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}

/** @param {import('../sandbox/cluster/start-cluster.mjs').Cluster} cluster */
async function artificerTimes(cluster) {
	/** @type {Map<number, number[]>} */
	const times = new Map([
		[1, []],
		[2, []],
	]);
	for (let round = 0; round <= 3; round++) {
		for (const [servers, measured] of times) {
			await useArtificers(cluster, servers);
			const ms = await timed(async () => await sendAll(cluster, converting, requests.converting));
			// The first round warms both up.
			if (round > 0) measured.push(ms);
		}
	}
	return times;
}

/**
 * @param {Record<keyof typeof kinds, Map<number, number[]>>} times
 * @returns {import('./support/findings.mjs').Table[]}
 */
function tablesOf({ waiting: waited, waitingLonger: waitedLonger, computing: computed }) {
	return [
		scalingTable(
			`Work that waits: ${requests.waitingLonger} runs of five calls that take 1 s each, one after the other:`,
			'workers',
			waitedLonger,
			requests.waitingLonger,
		),
		scalingTable(
			`Work that waits: ${requests.waiting} runs of one call that takes 1 s:`,
			'workers',
			waited,
			requests.waiting,
		),
		scalingTable(
			`Work that computes in the worker: ${requests.computing} runs that digest ${digests} short texts each:`,
			'workers',
			computed,
			requests.computing,
		),
	];
}

/** @param {Map<number, number[]>} times */
function serversTable(times) {
	return scalingTable(
		`Work that computes in Artificer servers: ${requests.converting} runs that convert 40 kB of Markdown, by ${mostWorkers} workers; a server uses all cores by itself:`,
		'Artificer servers',
		times,
		requests.converting,
	);
}

/**
 * @param {string} caption
 * @param {string} what there are more and more of
 * @param {Map<number, number[]>} times in ms
 * @param {number} runs in one round
 * @returns {import('./support/findings.mjs').Table}
 */
function scalingTable(caption, what, times, runs) {
	const rows = [...times].map(([number, values]) => [
		`${number}`,
		seconds(median(values)),
		`${seconds(Math.min(...values))} to ${seconds(Math.max(...values))}`,
		(runs / (median(values) / 1000)).toFixed(1),
		gain(times, number).toFixed(2),
	]);
	return {
		caption,
		columns: [
			`Number of ${what}`,
			'Median, s',
			'Spread, s',
			'Runs a second',
			'Times as fast as one',
		],
		rows,
	};
}

/**
 * @param {Map<number, number[]>} times
 * @param {number} number
 */
function gain(times, number) {
	return median(times.get(1) ?? []) / median(times.get(number) ?? []);
}

/**
 * @param {string} what a run does
 * @param {Map<number, number[]>} times
 * @param {number} workers
 * @param {number} least
 * @returns {import('./support/findings.mjs').Goal}
 */
function goal(what, times, workers, least) {
	const measured = gain(times, workers);
	return {
		goal: `${workers} workers do runs of ${what} of 1 s at least ${least} times as fast as one`,
		measured: `${measured.toFixed(2)} times`,
		met: measured >= least,
	};
}
