// @ts-check
import { benches } from '../bench/benches.mjs';
import { allGoals, chapter, unexplained } from '../bench/support/page.mjs';
import { resultOf } from '../bench/support/results.mjs';
import { writeOrCheck } from './page.mjs';

// Makes docs/performance.md of what the benches found when they last ran: no number comes from
// elsewhere.

const found = await Promise.all(benches.map(async (name) => await resultOf(name)));
const results = found.filter((result) => result !== undefined);

const text = [
	'# Performance',
	'Made by `npm run bench` of what it measured; not to be edited by hand. Each chapter says when and on what machine it was measured, and how to do so again. What is compared was measured in turn within one run, so a ratio tells more than the times beside it: on another machine the times differ, the ratios much less. A median stands with the least and the greatest of its rounds.',
	'## Goals at a glance',
	allGoals(results),
	...(await Promise.all(results.map(chapter))),
	'',
].join('\n\n');

await writeOrCheck('performance.md', text.replace(/\n+$/, '\n'), process.argv.slice(2));

for (const bench of await unexplained(results)) {
	console.log(
		`The bench ${bench} has a goal that isn't met: say in bench/notes/${bench}.md what was tried and what limits it.`,
	);
}
