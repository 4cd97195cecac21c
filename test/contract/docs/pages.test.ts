import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const checkout = path.resolve(__dirname, '../../..');
const node24 = path.join(checkout, 'node_modules', 'node', 'bin', 'node');

// Broken by an operation's record, or a comment on a setting, that was changed without `npm run docs`.
// The page of performance: by a number that no bench has measured.
test.each([
	'make-operations.mjs',
	'make-configuration.mjs',
	'make-messages.mjs',
	'make-house.mjs',
	'make-performance.mjs',
])('the page of docs/%s is what the code says', async (maker) => {
	const { stderr } = await run(node24, [path.join(checkout, 'docs', maker), '--check']);
	expect(stderr).toBe('');
});

/** The text of all sources in a folder. */
function sourcesIn(folder: string): string {
	const files = readdirSync(path.join(checkout, folder), { recursive: true, encoding: 'utf8' });
	return files
		.filter((file) => /\.(ts|mjs)$/.test(file) && !/(node_modules|dist|generated)\//.test(file))
		.map((file) => readFileSync(path.join(checkout, folder, file), 'utf8'))
		.join('\n');
}

/** The variables that code reads: by a name in quotes, or as a property of an environment. */
function variablesReadIn(source: string): string[] {
	const ours =
		'(?:SANDBOX|GRPC|ARTIFICER|FABLEFORGE|TEMPLATE_LIBRARY|OPENAI|OCR)_[A-Z0-9_]*[A-Z0-9]';
	const found = source.matchAll(
		new RegExp(`(?:'|env\\.|environment\\.|^\\t)(${ours})(?:'|\\b(?=[^']))`, 'gm'),
	);
	return [...new Set([...found].map(([, name = '']) => name))].sort();
}

// Broken by a setting without a comment that begins with its variable, and by one that nobody reads.
test('docs/configuration.md names every variable that the code reads, and no other', () => {
	const code = ['nodes', 'credentials', 'sandbox/lib', 'servers']
		.map((folder) => variablesReadIn(sourcesIn(folder)))
		.flat();
	const page = readFileSync(path.join(checkout, 'docs', 'configuration.md'), 'utf8');
	const named = [...page.matchAll(/^\| ((?:`[A-Z\d_]+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
		[...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
	);
	expect([...new Set(named)].sort()).toEqual([...new Set(code)].sort());
	expect(named).toEqual([...new Set(named)]);
});
