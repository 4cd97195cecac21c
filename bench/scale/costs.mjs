// @ts-check
import { setTimeout as wait } from 'node:timers/promises';
import { publishBatchTemplates } from '../../sandbox/cluster/batch-templates.mjs';
import { usage } from '../support/cluster.mjs';
import { runBatch } from '../support/batch.mjs';

/** @typedef {import('../../sandbox/cluster/start-cluster.mjs').Cluster} Cluster */

const documents = 300;
/** Of the model. */
const documentsADay = 1_000_000;
const secondsADay = 86_400;
/** The share of a core's time that a machine should plan with, so that a busy hour fits. */
const planned = 0.5;
/** How long a specialist with a model takes for a document, in s: an assumption of the model. */
const specialistSeconds = 10;

/**
 * What a document of the template «Distributed Batch» costs, and what a million of them a day need.
 *
 * @param {Cluster} cluster
 * @returns {Promise<{ tables: import('../support/findings.mjs').Table[] }>}
 */
export async function costs(cluster) {
	const live = await publishBatchTemplates(cluster);
	await runBatch(live, { id: 'warm-up', documents: 50 });
	const before = await account(cluster);
	const begun = performance.now();
	await runBatch(live, { id: 'costs', documents });
	const elapsed = (performance.now() - begun) / 1000;
	const after = await account(cluster);
	const spent = difference(before, after);
	return { tables: [measuredTable(spent, elapsed), modelTable(spent)] };
}

/**
 * @typedef {object} Account
 * @property {number} executions that have ended
 * @property {number} databaseBytes
 * @property {number} transactions of PostgreSQL
 * @property {number} redisCommands
 * @property {Map<string, number>} processor seconds by kind of process
 */

/**
 * @param {Cluster} cluster
 * @returns {Promise<Account>}
 */
async function account(cluster) {
	// PostgreSQL tells its statistics late: within a second.
	await wait(1_500);
	const { postgres, redis } = cluster;
	const [ended] = await postgres.query(
		`select count(*)::int as count from execution_entity where "stoppedAt" is not null`,
	);
	const [size] = await postgres.query(
		'select pg_database_size(current_database())::float as bytes, (select xact_commit::float from pg_stat_database where datname = current_database()) as commits',
	);
	const commands = [...(await redis.ask('INFO commandstats')).matchAll(/calls=(\d+)/g)];
	/** @type {Map<string, number>} */
	const processor = new Map();
	for (const [name, { seconds }] of await usage(cluster)) {
		const kind = name.replace(/ \d+$/, 's').replace(/^w/, 'W');
		processor.set(kind, (processor.get(kind) ?? 0) + seconds);
	}
	return {
		executions: ended?.count,
		databaseBytes: size?.bytes,
		transactions: size?.commits,
		redisCommands: commands.reduce((sum, [, calls]) => sum + Number(calls), 0),
		processor,
	};
}

/**
 * @param {Account} before
 * @param {Account} after
 * @returns {Account}
 */
function difference(before, after) {
	const processor = new Map(
		[...after.processor].map(([kind, used]) => [kind, used - (before.processor.get(kind) ?? 0)]),
	);
	return {
		executions: after.executions - before.executions,
		databaseBytes: after.databaseBytes - before.databaseBytes,
		transactions: after.transactions - before.transactions,
		redisCommands: after.redisCommands - before.redisCommands,
		processor,
	};
}

/**
 * @param {Account} spent
 * @param {number} elapsed s
 * @returns {import('../support/findings.mjs').Table}
 */
function measuredTable(
	{ executions, databaseBytes, transactions, redisCommands, processor },
	elapsed,
) {
	const row = (
		/** @type {string} */ what,
		/** @type {number} */ all,
		/** @type {number} */ digits = 1,
	) => [
		what,
		all.toFixed(digits),
		(all / documents).toFixed(digits + 1),
		(all / executions).toFixed(digits + 1),
	];
	const total = [...processor.values()].reduce((sum, used) => sum + used, 0);
	return {
		caption: `What ${documents} documents of the template «Distributed Batch» cost, ten in a part, with simulated specialists of 1 s, all in ${elapsed.toFixed(0)} s (${(documents / elapsed).toFixed(1)} documents and ${(executions / elapsed).toFixed(2)} executions a second):`,
		columns: ['', 'In all', 'A document', 'An execution'],
		rows: [
			row('Executions', executions, 0),
			row('Bytes in PostgreSQL, kB', databaseBytes / 1000, 0),
			row('Transactions of PostgreSQL', transactions, 0),
			row('Commands of Redis', redisCommands, 0),
			...[...processor].map(([kind, used]) => row(`Processor time of ${kind}, s`, used, 2)),
			row('Processor time of all, s', total, 2),
		],
	};
}

/**
 * @param {Account} spent
 * @returns {import('../support/findings.mjs').Table}
 */
function modelTable({ executions, databaseBytes, transactions, redisCommands, processor }) {
	const rate = documentsADay / secondsADay;
	const each = (/** @type {number} */ all) => (all / documents) * rate;
	const cores = (/** @type {number} */ used) => (each(used) / planned).toFixed(1);
	const parts = executions / documents;
	return {
		caption: `On paper, from the table above: what ${documentsADay.toLocaleString('en')} documents a day (${rate.toFixed(1)} a second, evenly) would need. Assumed: costs grow with the number of documents, which is not measured beyond this machine; cores like this one's are planned to be busy for ${planned * 100} % of the time; a specialist with a model takes ${specialistSeconds} s and the five of a document work at once, two documents of a part at a time (Requests at Once: 10); executions of success are kept for a day:`,
		columns: ['', 'Needed'],
		rows: [
			['Executions a second', each(executions).toFixed(1)],
			...[...processor].map(([kind, used]) => [`Cores for ${kind}`, cores(used)]),
			[
				'Executions under way at once, while specialists answer',
				Math.ceil(rate * parts * specialistSeconds * (10 / 2)).toString(),
			],
			[
				'Bytes in PostgreSQL, GB a day',
				((databaseBytes / documents) * (documentsADay / 1e9)).toFixed(1),
			],
			['Transactions of PostgreSQL a second', each(transactions).toFixed(0)],
			['Commands of Redis a second', each(redisCommands).toFixed(0)],
			[
				'Calls to FableForge a second, of which to specialists',
				`${(rate * 8).toFixed(0)}, ${(rate * 5).toFixed(0)}`,
			],
		],
	};
}
