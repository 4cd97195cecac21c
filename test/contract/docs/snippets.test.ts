import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checkout, read } from '../deploy/files';
import { blocks, pages, runBy, titled, type Block } from './blocks';
import { Workshop } from './workshop';

/** npm installs what the tarballs depend on: 10 to 40 s, more on a machine that is at work. */
const installing = 300_000;

/** Why a block is not run, as its page says below it. */
const reasons = [
	'needs a container engine',
	'needs a Kubernetes cluster',
	'needs PostgreSQL and Redis',
	'takes many minutes',
	'`.ci/run` runs them',
];

/** The ways in which blocks are run or checked, by language and what stands behind it. */
const known = [
	/^sh (clean|server|checkout|ci)$/,
	/^json (portable-text|quorum-account|template-index|template-entry)$/,
	/^(ts|proto) file=\S+( (after|before)=".+")?$/,
	// Drawn from the code: docs/make-house.mjs.
	/^mermaid$/,
];

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const workshop = new Workshop();

beforeAll(async () => await workshop.pack(), installing);
afterAll(() => workshop.close());

const reasonOf = ({ below }: Block) => /^\*Not run here: (.+?)\.?\*/.exec(below)?.[1];

// Broken by a new block that nobody runs and that doesn't say why.
test('every block of code is run, or says below why it is not', () => {
	expect(pages.length).toBeGreaterThan(20);
	expect(blocks.length).toBeGreaterThan(20);
	for (const block of blocks) {
		const way = `${block.language} ${block.runner}`.trim();
		const where = `${block.page}, line ${block.line}: ${way}`;
		const reason = reasonOf(block);
		const told = reason ? reasons.includes(reason) : known.some((one) => one.test(way));
		expect([where, reason, told]).toEqual([where, reason, true]);
	}
});

// Broken by a page that shows a script under another name, here or in the text.
test('every npm script that a page names is there', () => {
	const named = pages.flatMap((page) =>
		[...read(page).matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => [page, name]),
	);
	expect(named.length).toBeGreaterThan(20);
	for (const [page, name = ''] of named)
		expect([page, name, name in scripts]).toEqual([page, name, true]);
});

// Broken by a check that CI no longer makes.
test('what the pages leave to .ci/run is in it', () => {
	const ci = read('.ci', 'run').replaceAll(' --silent', '');
	const commands = runBy('sh', 'ci').flatMap(({ text }) => text.trim().split('\n'));
	expect(commands).toContain('npm start');
	for (const command of commands) {
		const [, script = ''] = /^npm (?:run )?(\S+)$/.exec(command) ?? [];
		const made = new RegExp(`(npm run|npm|run_tests) ${script}\\b`).test(ci);
		expect([command, made]).toEqual([command, true]);
	}
});

// Broken by an install that doesn't work in an empty home, or that brings n8n's own libraries along.
test.each(titled(runBy('sh', 'clean')))(
	'%s: the package is where n8n looks for it',
	async (_, { text }) => {
		const home = await workshop.clean('home', text);
		const nodes = path.join(home, '.n8n', 'nodes', 'node_modules');
		expect(existsSync(path.join(nodes, 'n8n-nodes-artificer', 'package.json'))).toBe(true);
		expect(readdirSync(nodes)).not.toContain('n8n-workflow');
	},
	installing,
);

describe('blocks that start a server', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await workshop.withServers();
	}, installing);

	// Broken by a wrong name of a command or variable, and by another line than the page shows.
	it.each(titled(runBy('sh', 'server')))(
		'%s: it listens',
		async (_, { text }) => {
			const line = await workshop.serve(text, folder);
			const [, shown] = /^# (.* listening on .*)$/m.exec(text) ?? [];
			const anyPort = (address?: string) => address?.replace(/:\d+$/, ':PORT');
			if (shown) expect(anyPort(line)).toBe(anyPort(shown));
			expect(line).toMatch(/^[a-z-]+ listening on (http:\/\/)?127\.0\.0\.1:\d+$/);
		},
		installing,
	);
});

// Broken by a command that doesn't succeed in a checkout.
test.each(titled(runBy('sh', 'checkout')))(
	'%s: it succeeds in a checkout',
	async (title, { text }) => {
		const copy = workshop.copy(title.replace(/\W/g, '-'));
		await workshop.shell(text, copy);
		if (text.includes('npm run pack')) {
			expect(readdirSync(path.join(copy, 'deploy', 'packages'))).toHaveLength(
				1 + readdirSync(path.join(checkout, 'servers')).length,
			);
		}
	},
	installing,
);
