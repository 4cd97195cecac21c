// @ts-check
import { versionsLine } from './support/machine.mjs';

/**
 * `npm run bench -- NAME…`: runs the named measurements, or all of them, one after the other. What
 * is compared is measured side by side in one run, and told as a ratio.
 */
const benches = ['fanout', 'node'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
	console.error(`There is no bench "${unknown.join('", "')}"; there are: ${benches.join(', ')}.`);
	process.exit(1);
}

console.log(await versionsLine());
for (const name of wanted.length > 0 ? wanted : benches) {
	/** @type {{ bench: () => Promise<string> }} */
	const { bench } = await import(`./${name}.mjs`);
	console.log(`\n## ${name}\n\n${await bench()}`);
}
