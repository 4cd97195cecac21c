/**
 * What the compiler does not do: clearing the last build, copying icons, protocol files and
 * templates, and writing the codex files from the operations.
 */
const { rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');

const codexOf = {
	Artificer: {
		categories: ['Data & Storage', 'Utility'],
		subcategories: { 'Data & Storage': ['Files'] },
		extra: ['artificer', 'document', 'grpc'],
	},
	FableForge: {
		// Not 'AI': n8n shows nodes of that category in its AI lists alone, and no search finds them.
		categories: ['Utility'],
		subcategories: {},
		extra: ['fableforge', 'translation', 'translate', 'specialist'],
	},
};

const documentation = 'https://github.com/n8n-nodes-artificer/n8n-nodes-artificer#readme';

async function clean() {
	await rm(path.join(__dirname, 'dist'), { recursive: true, force: true });
}

function icons() {
	return src('nodes/**/*.svg').pipe(dest('dist/nodes'));
}

function proto() {
	return src('proto/**/*.proto').pipe(dest('dist/proto'));
}

function templates() {
	return src('workflows-templates/*.json', { allowEmpty: true }).pipe(
		dest('dist/workflows-templates'),
	);
}

/** The search words of a node come from its operations: a new operation is found without a second list. */
async function codex() {
	for (const [node, { categories, subcategories, extra }] of Object.entries(codexOf)) {
		const { operations } = require(`./dist/nodes/${node}/operations`);
		const words = operations.flatMap(({ displayName, aliases }) => [
			displayName.toLowerCase(),
			...aliases,
		]);
		await writeCodex(node, categories, subcategories, [...extra, ...words]);
	}
	await writeCodex('QuorumMerge', ['Core Nodes'], { 'Core Nodes': ['Flow'] }, [
		'quorum',
		'merge',
		'join',
		'fan-in',
		'n of m',
		'majority',
		'vote',
		'partial success',
		'wait for',
	]);
}

async function writeCodex(node, categories, subcategories, alias) {
	const content = {
		node: `n8n-nodes-artificer.${node[0].toLowerCase()}${node.slice(1)}`,
		nodeVersion: '1.0',
		codexVersion: '1.0',
		categories,
		subcategories,
		alias: [...new Set(alias)],
		// n8n drops a codex file without resources, and says nothing.
		resources: { primaryDocumentation: [{ url: documentation }] },
	};
	const file = path.join(__dirname, 'dist', 'nodes', node, `${node}.node.json`);
	await writeFile(file, `${JSON.stringify(content, null, '\t')}\n`);
}

exports.clean = clean;
exports.default = series(parallel(icons, proto, templates), codex);
