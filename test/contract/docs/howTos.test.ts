import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { node24 } from '../deploy/files';
import { LibraryServer } from '../template-library/libraryServer';
import { blocksOf, runBy, type Block } from './blocks';
import { Workshop } from './workshop';

const run = promisify(execFile);
/** A build took 20 to 40 s. */
const building = 300_000;

const workshop = new Workshop();
let copy: string;

/** Does in the copy what a block with a file's name says: makes it, or writes into it. */
function follow({ runner, text }: Block): void {
	const [, name = '', where, line = ''] =
		/^file=(\S+)(?: (after|before)="(.+)")?$/.exec(runner) ?? [];
	const file = path.join(copy, name);
	if (!where) return writeFileSync(file, text);
	const lines = readFileSync(file, 'utf8').split('\n');
	const found = lines.indexOf(line);
	if (found < 0) throw new Error(`${name} has no line «${line}».`);
	lines.splice(where === 'after' ? found + 1 : found, 0, text.replace(/\n$/, ''));
	writeFileSync(file, lines.join('\n'));
}

/** What a built node of the copy shows for an operation. */
async function shownBy(node: string, operation: string) {
	const main = path.join(copy, 'dist', 'nodes', node, `${node}.node.js`);
	const ask = `const { ${node} } = require(${JSON.stringify(main)});
		const { properties } = new ${node}().description;
		const selectors = properties.filter(({ name }) => name === 'operation');
		const option = selectors.flatMap(({ options }) => options).find(({ value }) => value === '${operation}');
		const fields = properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('${operation}'));
		console.log(JSON.stringify({ option, fields: fields.map(({ displayName }) => displayName) }));`;
	const { stdout } = await run(node24, ['--eval', ask], { cwd: copy });
	return JSON.parse(stdout) as { option?: { name: string; action: string }; fields: string[] };
}

beforeAll(async () => {
	copy = workshop.copy('project');
	for (const block of blocksOf('docs/adding.md')) {
		if (block.runner.startsWith('file=')) follow(block);
	}
	const env = {
		...process.env,
		PATH: `${path.dirname(node24)}${path.delimiter}${process.env.PATH}`,
	};
	await run('npm', ['run', 'build:nodes'], { cwd: copy, env });
	for (const maker of ['operations', 'messages']) {
		await run(node24, [path.join(copy, 'docs', `make-${maker}.mjs`)], { cwd: copy });
	}
}, building);

afterAll(() => workshop.close());

// Broken by a step that the page leaves out, or by an operation that has to be listed elsewhere, too.
test.each([
	['Artificer', 'countWords', 'Count Words', 'Count words of text', 'word'],
	['FableForge', 'countSyllables', 'Count Syllables', 'Count syllables of text', 'syllable'],
])(
	'the page on %s operations makes one that the node shows',
	async (node, value, name, action, alias) => {
		const { option, fields } = await shownBy(node, value);
		expect(option).toMatchObject({ name, action });
		expect(fields).toEqual(expect.arrayContaining(['Text', 'Options']));
		const codex = readFileSync(path.join(copy, 'dist', 'nodes', node, `${node}.node.json`), 'utf8');
		expect((JSON.parse(codex) as { alias: string[] }).alias).toContain(alias);
		const reference = readFileSync(path.join(copy, 'docs', 'operations.md'), 'utf8');
		expect(reference).toContain(`### Text: ${name}`);
	},
);

// Broken by an entry that the library doesn't take.
test.each(runBy('json', 'template-entry'))(
	'the entry of a template is shown by the library',
	async ({ text }) => {
		const folder = path.join(copy, 'workflows-templates');
		const index = path.join(folder, 'index.json');
		const entry = JSON.parse(text) as { file: string; name: string };
		copyFileSync(path.join(folder, 'hello-artificer.json'), path.join(folder, entry.file));
		const entries = JSON.parse(readFileSync(index, 'utf8')) as object[];
		writeFileSync(index, JSON.stringify([...entries, entry]));
		const library = await LibraryServer.start(folder);
		try {
			const { body } = await library.get(
				`/templates/search?search=${encodeURIComponent(entry.name)}`,
			);
			const { workflows } = body as { workflows: Array<{ name: string }> };
			expect(workflows.map(({ name }) => name)).toContain(entry.name);
		} finally {
			await library.stop();
		}
	},
);
