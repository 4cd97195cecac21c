// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { table, writeOrCheck } from './page.mjs';

// Makes docs/configuration.md of the comments on the settings in the code, their only home. A
// comment on a setting begins with the names of its variables.

const checkout = path.dirname(import.meta.dirname);

const chapters = [
	{
		title: 'Nodes',
		about:
			'For n8n and its workers. A value that cannot be used is told in the log, and the nodes work without it.',
		files: ['nodes/shared/environment.ts'],
	},
	{
		title: 'Sandbox and tests',
		about: 'For `npm start`, `npm test` and `npm run set-up`.',
		files: ['sandbox/lib/settings.mjs', 'sandbox/lib/cache.mjs'],
	},
	{
		title: 'artificer-server',
		about: 'A value that cannot be used ends the start with one sentence.',
		files: ['servers/artificer/src/settings.ts', 'servers/artificer/src/vision/visionSettings.ts'],
	},
	{
		title: 'fableforge-server',
		about: 'A value that cannot be used ends the start with one sentence.',
		files: [
			'servers/fableforge/src/settings/settings.ts',
			'servers/fableforge/src/model/modelSettings.ts',
		],
	},
	{
		title: 'artificer-template-library',
		about: 'A value that cannot be used ends the start with one sentence.',
		files: ['servers/template-library/src/settings.ts'],
	},
];

const variables = /^((?:`[A-Z][A-Z\d_]+`(?:, )?)+)[:.,]?\s+(.+)$/s;

/**
 * @param {string} file in the checkout
 * @returns {string[][]} for each setting its variables and what the comment says of them
 */
function settingsIn(file) {
	const source = readFileSync(path.join(checkout, file), 'utf8');
	return commentsIn(source).flatMap((comment) => {
		const [, names = '', text = ''] = variables.exec(comment) ?? [];
		return names ? [[names, sentence(text)]] : [];
	});
}

/**
 * @param {string} source
 * @returns {string[]} the text of each comment on a declaration; of a list of properties each one's
 */
function commentsIn(source) {
	return [...source.matchAll(/\/\*\*(.*?)\*\//gs)].flatMap(([, comment = '']) =>
		comment
			.replace(/^[\t ]*\*/gm, '')
			.split(/@property \{[^}]+\} \S+|@\w+/)
			.map((part) => part.replace(/\s+/g, ' ').trim()),
	);
}

/** @param {string} text */
function sentence(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

const text = [
	'# Settings',
	'Made by `npm run docs` from the comments on the settings in the code; not to be edited by hand.',
	'All by environment variable; one that is empty counts as unset. All else of the nodes is set in n8n, by credentials and options ([operations](operations.md)).',
	...chapters.flatMap(({ title, about, files }) => [
		`## ${title}`,
		about,
		table(['Variable', 'What for'], files.flatMap(settingsIn)),
	]),
	'',
].join('\n\n');

await writeOrCheck('configuration.md', text.replace(/\n+$/, '\n'), process.argv.slice(2));
