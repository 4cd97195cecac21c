// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { table, writeOrCheck } from './page.mjs';

// `npm run licences`: makes docs/licences.md of the lock file: every package that comes along with
// what is published, and its licence. Ends with 1 when one has a licence that isn't allowed.

/** Licences that ask for no more than their own text to be passed on. */
const allowed = new Set([
	'MIT',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'ISC',
	'0BSD',
	'BlueOak-1.0.0',
	'PSF-2.0',
	'Python-2.0',
	'Unlicense',
]);

/** Packages by another licence, each with the reason why it may come along. */
const exceptions = [
	{
		name: /^@img\/sharp-/,
		licence: /LGPL-3\.0-or-later/,
		reason:
			'libvips, which sharp loads as a library of its own: npm installs it as a package apart, so that anybody may replace it',
	},
];

const checkout = path.dirname(import.meta.dirname);

/**
 * @typedef {object} Locked an entry of the lock file
 * @property {string} [version]
 * @property {string} [license]
 * @property {string} [resolved]
 * @property {boolean} [link]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/** @type {Record<string, Locked>} */
const locked = JSON.parse(readFileSync(path.join(checkout, 'package-lock.json'), 'utf8')).packages;

/**
 * Where Node finds a package, from another one's place.
 *
 * @param {string} from place in the lock file
 * @param {string} name
 * @returns {string | undefined}
 */
function placeOf(from, name) {
	for (
		let folder = from;
		;
		folder = folder.replace(/(^|\/)(node_modules\/(@[^/]+\/)?[^/]+|[^/]+)$/, '')
	) {
		const place = path.posix.join(folder, 'node_modules', name);
		if (locked[place]) return place;
		if (folder === '') return undefined;
	}
}

/**
 * The places of all that a published package brings along.
 *
 * @param {string} folder of the package: '' is the root
 * @returns {string[]}
 */
function broughtBy(folder) {
	const found = new Set();
	/** @param {string} place */
	const visit = (place) => {
		const { dependencies = {}, optionalDependencies = {} } = locked[place] ?? {};
		for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
			const next = placeOf(place, name);
			// A binary for another platform that this lock file doesn't know.
			if (!next && name in optionalDependencies) continue;
			if (!next) throw new Error(`The lock file has no ${name}, which ${place} depends on.`);
			if (found.has(next)) continue;
			found.add(next);
			visit(next);
		}
	};
	visit(folder);
	return [...found];
}

/** @param {string} place */
function licenceOf(place) {
	const { license } = locked[place] ?? {};
	if (license) return license;
	const manifest = path.join(checkout, place, 'package.json');
	return JSON.parse(readFileSync(manifest, 'utf8')).license ?? 'not told';
}

/**
 * Whether a licence, or each part of a compound one, is allowed; of a choice, one part.
 *
 * @param {string} licence an SPDX expression
 */
function isAllowed(licence) {
	const parts = licence.replace(/[()]/g, '').split(/ (?:AND) /);
	return parts.every((part) => part.split(' OR ').some((one) => allowed.has(one.trim())));
}

/**
 * @param {string} name
 * @param {string} licence
 */
function exceptionFor(name, licence) {
	return exceptions.find((one) => one.name.test(name) && one.licence.test(licence));
}

/** @param {string} folder */
function chapterOf(folder) {
	const { name, license } = JSON.parse(
		readFileSync(path.join(checkout, folder, 'package.json'), 'utf8'),
	);
	const rows = broughtBy(folder)
		.map((place) => {
			const packageName = place.replace(/^.*node_modules\//, '');
			const licence = licenceOf(place);
			const exception = isAllowed(licence) ? undefined : exceptionFor(packageName, licence);
			if (!isAllowed(licence) && !exception) refused.push(`${packageName}: ${licence}`);
			return [packageName, locked[place]?.version ?? '', licence, exception?.reason ?? ''];
		})
		.sort((a, b) => a.join(' ').localeCompare(b.join(' '), 'en'));
	const unique = rows.filter((row, index) => row.join() !== rows[index - 1]?.join());
	return [
		`## ${name}`,
		`Its own licence is ${license}. It brings along ${unique.length} packages.`,
		table(['Package', 'Version', 'Licence', 'Why it may come along'], unique),
	];
}

/** @type {string[]} */
const refused = [];
const servers = readdirSync(path.join(checkout, 'servers')).map((name) => `servers/${name}`);
const text = [
	'# Licences',
	'Made by `npm run licences` from the lock file; not to be edited by hand. Every package that comes along when one of the published packages is installed; what only builds and tests need is not in it. Native parts of other platforms come only where they are needed.',
	`Without a reason may come along: ${[...allowed].join(', ')}.`,
	...['', ...servers].flatMap(chapterOf),
].join('\n\n');

if (refused.length > 0) {
	console.error(`Not allowed, and no exception: ${refused.join(', ')}.`);
	process.exitCode = 1;
}
await writeOrCheck('licences.md', `${text}\n`, process.argv.slice(2));
