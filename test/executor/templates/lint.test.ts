import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { readIndex, readTemplate, templateFiles, type TemplateFile } from './files';

const root = path.resolve(__dirname, '../../..');
const wanted = [
	'agent-with-documents',
	'batch-pdf',
	'batch-translation',
	'conditional-ocr',
	'distributed-batch',
	'health-check',
	'hello-artificer',
	'image-ocr',
	'markdown-conversion',
	'nightly-translation',
	'pdf-ocr-and-chunks',
	'pdf-to-html',
	'pdf-to-html-api',
	'processing-report',
	'recover-crashed-runs',
	'retry-failed-runs',
	'translation-api',
	'translation-pipeline',
	'translation-simple',
	'translation-visual-fan-out',
];

/** Where the pinned n8n is; the sandbox's module is ESM and is asked in a process of its own. */
function n8nModules(): string {
	const module = path.join(root, 'sandbox', 'lib', 'n8n-install.mjs');
	const script = `import(${JSON.stringify(module)}).then(async (m) => console.log(await m.n8nFolder(process.env)))`;
	const folder = execFileSync(path.join(root, 'node_modules/.bin/node'), ['-e', script], {
		encoding: 'utf8',
	});
	return path.join(folder.trim(), 'node_modules');
}

/** Every node type that the templates may use, by its full name. */
function knownTypes(): Map<string, INodeTypeDescription[]> {
	const known = new Map<string, INodeTypeDescription[]>();
	const add = (name: string, description: INodeTypeDescription) =>
		known.set(name, [...(known.get(name) ?? []), description]);
	const modules = n8nModules();
	for (const name of ['n8n-nodes-base', '@n8n/n8n-nodes-langchain']) {
		const file = path.join(modules, name, 'dist', 'types', 'nodes.json');
		const descriptions = JSON.parse(readFileSync(file, 'utf8')) as INodeTypeDescription[];
		for (const description of descriptions) add(`${name}.${description.name}`, description);
	}
	for (const name of ['Artificer', 'FableForge', 'QuorumMerge']) {
		const file = path.join(root, 'dist', 'nodes', name, `${name}.node.js`);
		const loaded =
			jest.requireActual<Record<string, new () => { description: INodeTypeDescription }>>(file);
		const Node = loaded[name];
		if (!Node) throw new Error(`${file} has no ${name}`);
		const { description } = new Node();
		add(`n8n-nodes-artificer.${description.name}`, description);
		// As n8n makes it for agents: see its createAiTool.
		const text: Omit<INodeProperties, 'displayName' | 'name'> = { type: 'string', default: '' };
		const tool = [
			{ ...text, displayName: 'Tool Description', name: 'descriptionType' },
			{ ...text, displayName: 'Description', name: 'toolDescription' },
		];
		add(`n8n-nodes-artificer.${description.name}Tool`, {
			...description,
			properties: [...tool, ...description.properties],
		});
	}
	return known;
}

/** The paths of values that n8n would not show for the node: unknown, or gated by another field. */
function unknownPaths(given: unknown, understood: unknown, at = ''): string[] {
	if (typeof given !== 'object' || given === null) return [];
	if (typeof understood !== 'object' || understood === null) return [at];
	return Object.entries(given).flatMap(([key, value]) => {
		const place = at ? `${at}.${key}` : key;
		if (!(key in understood)) return [place];
		return unknownPaths(value, (understood as Record<string, unknown>)[key], place);
	});
}

const templates = templateFiles().map((file) => readTemplate(file.replace(/\.json$/, '')));
const named = templates.map((template) => [template.id, template] as [string, TemplateFile]);
const isNote = ({ type }: { type: string }) => type === 'n8n-nodes-base.stickyNote';

describe('the template library', () => {
	it('holds every pipeline of the guide; broken by a file that is missing or not in the index', () => {
		expect(templates.map(({ id }) => id).sort()).toEqual(wanted);
		expect(templateFiles().sort()).toEqual(wanted.map((id) => `${id}.json`).sort());
		const index = readIndex();
		expect(index.map(({ file }) => file).sort()).toEqual(templateFiles().sort());
		for (const { id, name, description, categories } of index) {
			expect(readTemplate(id)).toMatchObject({ id, name, description });
			expect(categories).toHaveLength(1);
		}
	});

	it('has ids of its own everywhere; broken by a webhook or node id that two templates share', () => {
		const ids = templates.flatMap(({ nodes }) =>
			nodes.flatMap(({ id, webhookId }) => [id, webhookId]),
		);
		const set = ids.filter((id) => id !== undefined);
		expect(new Set(set).size).toBe(set.length);
	});
});

const types = knownTypes();

describe.each(named)('the template %s', (_id, template) => {
	const { nodes } = template;
	const steps = nodes.filter((node) => !isNote(node));
	const descriptionOf = (type: string, version: number) =>
		types.get(type)?.find(({ version: has }) => [has].flat().includes(version));

	it('is ready for a gallery; broken by an order, a tag, a credential or pinned data that is left', () => {
		expect(template).toMatchObject({ active: false, pinData: {} });
		expect(template.settings).toMatchObject({ executionOrder: 'v1' });
		expect(template.description.length).toBeGreaterThan(80);
		expect(template.tags.map(({ name }) => name)).toContain('artificer');
		expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(JSON.stringify(template)).not.toContain('workflowJson');
	});

	it('explains itself; broken by a note that lacks the result or the numbered set-up', () => {
		const notes = nodes.filter(isNote).map(({ parameters }) => String(parameters.content));
		expect(notes.some((note) => note.startsWith(`## ${template.name}`))).toBe(true);
		expect(notes.some((note) => note.includes('**Result:**'))).toBe(true);
		expect(notes.some((note) => /^### Set up\n1\. /.test(note))).toBe(true);
		// Steps that are named in a note are there.
		const names = notes.flatMap((note) => [...note.matchAll(/(?<!\*)\*([A-Z][^*\n]+)\*(?!\*)/g)]);
		const known = [...steps.map(({ name }) => name), ...templates.map(({ name }) => name)];
		const others = ['Items at Once', 'Requests at Once', 'Count', 'Export'];
		expect(
			names.map(([, name]) => name).filter((name) => ![...known, ...others].includes(name ?? '')),
		).toEqual([]);
	});

	it('lies tidily; broken by nodes or notes on top of each other', () => {
		const boxes = nodes.map(({ name, position: [x, y], parameters, type }) => ({
			name,
			left: x,
			top: y,
			right: x + (type.endsWith('stickyNote') ? Number(parameters.width) : 100),
			bottom: y + (type.endsWith('stickyNote') ? Number(parameters.height) : 100),
		}));
		const overlaps = boxes.flatMap((a, place) =>
			boxes
				.slice(place + 1)
				.filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
				.map((b) => `${a.name} and ${b.name}`),
		);
		expect(overlaps).toEqual([]);
	});

	it('is wired to the end; broken by a wire to nowhere or a node that nothing leads to', () => {
		const names = new Set(steps.map(({ name }) => name));
		expect(names.size).toBe(steps.length);
		const wires = Object.entries(template.connections).flatMap(([from, kinds]) =>
			Object.values(kinds as Record<string, Array<Array<{ node: string }>>>).flatMap((outputs) =>
				outputs.flatMap((output) => output.map(({ node }) => ({ from, node }))),
			),
		);
		for (const { from, node } of wires) {
			expect(names).toContain(from);
			expect(names).toContain(node);
		}
		const touched = new Set(wires.flatMap(({ from, node }) => [from, node]));
		expect(steps.map(({ name }) => name).filter((name) => !touched.has(name))).toEqual([]);
	});

	it('names only nodes that are there in its expressions; broken by a renamed node', () => {
		const names = new Set(steps.map(({ name }) => name));
		const text = JSON.stringify(steps.map(({ parameters }) => parameters));
		const called = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name ?? '');
		expect(called.filter((name) => !names.has(name))).toEqual([]);
	});

	it('uses what is there in n8n and in the package; broken by an unknown type, version or parameter', () => {
		for (const node of steps) {
			const description = descriptionOf(node.type, Number(node.typeVersion));
			if (!description)
				throw new Error(`${node.name}: no ${node.type} ${String(node.typeVersion)}`);
			const inNode = node as unknown as INode;
			const understood = NodeHelpers.getNodeParameters(
				description.properties,
				inNode.parameters,
				true,
				false,
				inNode,
				description,
			);
			expect([node.name, unknownPaths(node.parameters, understood)]).toEqual([node.name, []]);
			// n8n fills in the defaults before it looks.
			const filled = { ...inNode, parameters: understood ?? {} };
			const { properties } = description;
			const issues = NodeHelpers.getNodeParametersIssues(properties, filled, description);
			expect([node.name, issues?.parameters ?? {}]).toEqual([node.name, {}]);
		}
	});

	it('can be found again; broken by a way to start it that passes no execution data', () => {
		const leadsTo = (name: string, seen = new Set<string>()): Set<string> => {
			if (seen.has(name)) return seen;
			seen.add(name);
			const wires = template.connections[name] as Record<string, Array<Array<{ node: string }>>>;
			for (const { node } of wires?.main?.flat() ?? []) leadsTo(node, seen);
			return seen;
		};
		const saving = steps.filter(({ type }) => type === 'n8n-nodes-base.executionData');
		const triggers = steps.filter(({ type, typeVersion }) =>
			descriptionOf(type, Number(typeVersion))?.group.includes('trigger'),
		);
		expect(triggers).not.toHaveLength(0);
		for (const { name, type } of triggers) {
			const reached = leadsTo(name);
			const saved = saving.filter((node) => reached.has(node.name)).length;
			expect({ name, type, saved }).toEqual({ name, type, saved: 1 });
		}
	});
});
