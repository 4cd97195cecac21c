// @ts-check
import { readFileSync, readdirSync } from 'node:fs';

// Ends with 1 and a sentence when a tag is another than the version of any published package.

const [tag = ''] = process.argv.slice(2);
const root = new URL('../', import.meta.url);
const servers = readdirSync(new URL('servers/', root)).map((name) => `servers/${name}/`);
const wrong = ['', ...servers]
	.map((folder) => JSON.parse(readFileSync(new URL(`${folder}package.json`, root), 'utf8')))
	.filter(({ version }) => tag !== `v${version}`);
for (const { name, version } of wrong) {
	console.error(
		`The tag is ${tag}, and ${name} is ${version}: give all packages the tag's version.`,
	);
}
process.exitCode = wrong.length > 0 ? 1 : 0;
