// @ts-check
import { engines } from './fableforge/engines.mjs';
import { inTurn, timesTable } from './support/measure.mjs';
import { withServer } from './support/servers.mjs';

const rounds = 7;
/** Texts of one job, sent at once: two workers have one each. */
const atOnce = 2;

const bare = 'engine, bare, one after the other';
const oneWorker = 'server, 1 worker';
const twoWorkers = 'server, 2 workers';

/**
 * What the FableForge server's engines do by themselves, and through the server with one worker and
 * with two.
 *
 * @returns {Promise<import('./support/findings.mjs').Findings>}
 */
export async function bench() {
	const tables = [];
	for (const engine of await engines()) tables.push(await tableOf(engine));
	return {
		title: 'The FableForge server',
		intro: `Each engine called as a function in this process («bare»), and through the server on loopback with one worker and with two: ${atOnce} texts each time, sent at once. Cleaning, \`vote\` and \`quality_score\` need no worker; they are done where requests are answered. Medians of ${rounds} rounds in turn, after as many that only warmed up.`,
		tables,
		goals: [],
	};
}

/** @param {import('./fableforge/engines.mjs').Engine} engine */
async function tableOf({ name, endpoint, body, run, proves }) {
	return await withServer('fableforge', { FABLEFORGE_WORKERS: '1' }, async (one) =>
		withServer('fableforge', { FABLEFORGE_WORKERS: '2' }, async (two) => {
			const bodies = Array.from({ length: atOnce }, (_, number) => body(number));
			const contestants = {
				[bare]: async () => {
					for (const asked of bodies) await run(asked);
				},
				[oneWorker]: async () => await Promise.all(bodies.map((asked) => post(one, asked))),
				[twoWorkers]: async () => await Promise.all(bodies.map((asked) => post(two, asked))),
			};
			const post = async (/** @type {string} */ url, /** @type {object} */ asked) => {
				const response = await fetch(url + endpoint, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(asked),
				});
				const answer = await response.json();
				if (response.status !== 200 || !proves(answer)) {
					throw new Error(`${endpoint} answered ${response.status} without a result`);
				}
			};
			await inTurn(contestants, rounds);
			return timesTable(`${name}:`, await inTurn(contestants, rounds), bare, 'ms');
		}),
	);
}
