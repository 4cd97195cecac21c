import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import { Type, type Static, type TSchema } from 'typebox';
import { LibraryProblem } from './settings.js';

/** `index.json`: one entry a template, in the order in which they are listed. */
const Index = Type.Array(
	Type.Object({
		/** What the template is known by in addresses; stays the same when the name changes. */
		id: Type.Union([Type.Integer(), Type.String({ pattern: '^[A-Za-z0-9_-]+$' })]),
		/** The workflow's file in the same folder. */
		file: Type.String({ pattern: '^[^/\\\\]+\\.json$' }),
		name: Type.String({ minLength: 1 }),
		/** Markdown: what the template does, and what it needs. */
		description: Type.String(),
		categories: Type.Array(Type.String({ minLength: 1 })),
		/** The node types to show on the card, by their full names; left out: those of the workflow. */
		nodes: Type.Optional(Type.Array(Type.String())),
	}),
);

/** The parts of an exported workflow that the editor imports. */
const Workflow = Type.Object({
	nodes: Type.Array(
		Type.Object({ name: Type.String(), type: Type.String() }, { additionalProperties: true }),
	),
	connections: Type.Record(Type.String(), Type.Unknown()),
	settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
	pinData: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/** A workflow as the editor imports it. */
export type Workflow = Static<typeof Workflow>;

/** A template with all that is known of it. */
export interface Template extends Omit<Static<typeof Index>[number], 'nodes'> {
	/** The types of its nodes, by their full names, without notes. */
	nodeTypes: string[];
	/** When its file was written last. */
	changed: Date;
	workflow: Workflow;
}

/**
 * Reads all templates of a folder. Throws a LibraryProblem that names the file and what is wrong
 * with it: a library with holes would show templates that can't be opened.
 */
export async function readTemplates(folder: string): Promise<Template[]> {
	const entries = await readJson(folder, 'index.json', Index);
	const ids = entries.map(({ id }) => String(id));
	const twice = ids.find((id, place) => ids.indexOf(id) !== place);
	if (twice !== undefined) {
		throw new LibraryProblem(
			`index.json has two templates with the id ${twice}: give each its own.`,
		);
	}
	return await Promise.all(
		entries.map(async ({ nodes, ...entry }) => {
			const {
				nodes: steps,
				connections,
				settings,
				pinData,
			} = await readJson(folder, entry.file, Workflow);
			const types = nodes ?? steps.map(({ type }) => type);
			return {
				...entry,
				nodeTypes: [...new Set(types)].filter((type) => !type.endsWith('.stickyNote')),
				changed: (await stat(path.join(folder, entry.file))).mtime,
				workflow: { nodes: steps, connections, settings, pinData },
			};
		}),
	);
}

const checker = new Ajv();

async function readJson<Shape extends TSchema>(
	folder: string,
	file: string,
	shape: Shape,
): Promise<Static<Shape>> {
	let content: unknown;
	try {
		content = JSON.parse(await readFile(path.join(folder, file), 'utf8'));
	} catch (problem) {
		const { code, message } = problem as NodeJS.ErrnoException;
		if (code === 'ENOENT') throw new LibraryProblem(`There is no ${file} in ${folder}.`);
		throw new LibraryProblem(`${file} in ${folder} can’t be read: ${message}.`);
	}
	if (!checker.validate(shape, content)) {
		const [wrong] = checker.errors ?? [];
		throw new LibraryProblem(
			`${file} in ${folder} is not as it should be: ${wrong?.instancePath || 'the whole'} ${wrong?.message}.`,
		);
	}
	return content as Static<Shape>;
}
