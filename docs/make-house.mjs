// @ts-check
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { writeOrCheck } from './page.mjs';

// Draws the house into docs/how-it-is-built.md: the folders of the sources as rooms, and an arrow
// where a file of one imports a file of another.

const checkout = path.dirname(import.meta.dirname);
const page = 'how-it-is-built.md';

const houses = [
	{ name: 'the nodes package', root: '', files: ['nodes/**/*.ts', 'credentials/*.ts'] },
	{ name: 'artificer-server', root: 'servers/artificer/src/', files: ['**/*.ts'] },
	{ name: 'fableforge-server', root: 'servers/fableforge/src/', files: ['**/*.ts'] },
];

/**
 * The room of a file: its folder, no deeper than two below the root. Files that lie in the root
 * itself share the room of the start.
 *
 * @param {string} file
 */
function roomOf(file) {
	const folders = path.posix.dirname(file).split('/');
	const [first = '', second = '', third] = folders;
	if (first === '.') return 'start';
	return [first, second, ...(first === 'nodes' && third ? [third] : [])].filter(Boolean).join('/');
}

/**
 * @param {{ root: string, files: string[] }} house
 * @returns {Set<string>} `from to` for each arrow
 */
function arrowsOf({ root, files }) {
	const folder = path.join(checkout, root);
	const sources = globSync(files, { cwd: folder })
		.map((file) => file.split(path.sep).join('/'))
		.filter((file) => !file.includes('generated/'))
		.sort();
	const arrows = new Set();
	for (const file of sources) {
		const { importedFiles } = ts.preProcessFile(readFileSync(path.join(folder, file), 'utf8'));
		for (const { fileName } of importedFiles) {
			if (!fileName.startsWith('.') || fileName.includes('/generated/')) continue;
			const named = path.posix.join(path.posix.dirname(file), fileName);
			// A folder's name stands for its index.
			const target = existsSync(path.join(folder, named)) ? `${named}/index` : named;
			if (roomOf(file) !== roomOf(target)) arrows.add(`${roomOf(file)} ${roomOf(target)}`);
		}
	}
	return arrows;
}

/** @param {{ name: string, root: string, files: string[] }} house */
function picture(house) {
	const arrows = [...arrowsOf(house)].sort();
	const rooms = [...new Set(arrows.flatMap((arrow) => arrow.split(' ')))].sort();
	const id = (/** @type {string} */ room) => `r${rooms.indexOf(room)}`;
	return [
		`The rooms of ${house.name}:`,
		'',
		'```mermaid',
		'flowchart LR',
		...rooms.map((room) => `  ${id(room)}["${room}"]`),
		...arrows.map((arrow) => {
			const [from = '', to = ''] = arrow.split(' ');
			return `  ${id(from)} --> ${id(to)}`;
		}),
		'```',
	].join('\n');
}

const place = /(<!-- house: drawn by `npm run docs` -->\n)[^]*?(<!-- end of house -->)/;
const text = readFileSync(path.join(import.meta.dirname, page), 'utf8');
if (!place.test(text)) throw new Error(`docs/${page} has no place for the picture of the house.`);
const drawn = houses.map(picture).join('\n\n');
await writeOrCheck(
	page,
	text.replace(place, (_, before, after) => `${before}${drawn}\n${after}`),
	process.argv.slice(2),
);
