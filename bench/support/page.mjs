// @ts-check
import { table } from '../../docs/page.mjs';
import { machineLine } from './machine.mjs';
import { notesOn } from './results.mjs';

/** @typedef {import('./findings.mjs').Result} Result */

/**
 * A bench's chapter in docs/performance.md.
 *
 * @param {Result} result
 * @returns {Promise<string>}
 */
export async function chapter({ bench, measured, seconds, machine, findings }) {
	const { title, intro, tables, goals, pictures = [] } = findings;
	const notes = await notesOn(bench);
	return [
		`## ${title}`,
		intro,
		...tables.map(({ caption, columns, rows }) => `${caption}\n\n${table(columns, rows)}`),
		...pictures.map(({ file, alt }) => `![${alt}](pictures/${file})`),
		...(goals.length > 0 ? [goalsTable(goals)] : []),
		...(notes ? [notes] : []),
		`Measured on ${measured.slice(0, 10)} in ${lasting(seconds)} on ${machineLine(machine)}; again by \`npm run bench -- ${bench}\`.`,
	].join('\n\n');
}

/**
 * All goals of all benches in one table.
 *
 * @param {Result[]} results
 */
export function allGoals(results) {
	const rows = results.flatMap(({ findings: { title, goals } }) =>
		goals.map(({ goal, measured, met }) => [title, goal, measured, met ? 'yes' : '**no**']),
	);
	return table(['Chapter', 'Goal', 'Measured', 'Met'], rows);
}

/**
 * The benches that have a goal which isn't met and no note that says what limits it.
 *
 * @param {Result[]} results
 * @returns {Promise<string[]>}
 */
export async function unexplained(results) {
	const missed = results.filter(({ findings }) => findings.goals.some(({ met }) => !met));
	const notes = await Promise.all(missed.map(async ({ bench }) => await notesOn(bench)));
	return missed.filter((_, place) => !notes[place]).map(({ bench }) => bench);
}

/** @param {import('./findings.mjs').Goal[]} goals */
function goalsTable(goals) {
	const rows = goals.map(({ goal, measured, met }) => [goal, measured, met ? 'yes' : '**no**']);
	return table(['Goal', 'Measured', 'Met'], rows);
}

/** @param {number} seconds */
function lasting(seconds) {
	return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
