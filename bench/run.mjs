// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { benches } from './benches.mjs';
import { machineLine, thisMachine } from './support/machine.mjs';
import { chapter } from './support/page.mjs';
import { resultOf } from './support/results.mjs';

/**
 * `npm run bench -- NAME…`: runs the named measurements, or all of them, one after the other, and
 * writes docs/performance.md anew of what is known then. What is compared is measured side by side
 * in one run. One that fails doesn't keep the others from running; its chapter stays as it was.
 */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
	console.error(`There is no bench "${unknown.join('", "')}"; there are: ${benches.join(', ')}.`);
	process.exit(1);
}

console.log(machineLine(await thisMachine()));
const failed = [];
for (const name of wanted.length > 0 ? wanted : benches) {
	console.log(`\n… ${name}`);
	if (await ran('one.mjs', name)) {
		const result = await resultOf(name);
		if (result) console.log(await chapter(result));
	} else {
		failed.push(name);
	}
}
if (!(await ran('../docs/make-performance.mjs'))) failed.push('docs/performance.md');
if (failed.length > 0) {
	console.error(`\nNot measured, for the reason above: ${failed.join(', ')}.`);
	process.exit(1);
}
console.log('\ndocs/performance.md is written.');

/**
 * @param {string} script in this folder
 * @param {string[]} args
 */
async function ran(script, ...args) {
	const file = path.join(import.meta.dirname, script);
	await access(file);
	const child = spawn(process.execPath, ['--expose-gc', file, ...args], { stdio: 'inherit' });
	const [code] = await once(child, 'exit');
	return code === 0;
}
