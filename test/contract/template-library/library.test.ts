import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { LibraryServer } from './libraryServer';

const workflow = (...types: string[]) => ({
	id: 'from-the-editor',
	name: 'Exported',
	active: true,
	nodes: types.map((type, place) => ({ name: `Node ${place}`, type, position: [0, 0] })),
	connections: { 'Node 0': { main: [[{ node: 'Node 1', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

const files: Record<string, unknown> = {
	'index.json': [
		{
			id: 'pipeline',
			file: 'pipeline.json',
			name: 'Translation Pipeline',
			description: 'Five **specialists** at once',
			categories: ['Translation', 'AI'],
		},
		{
			id: 7,
			file: 'pdf.json',
			name: 'PDF to HTML',
			description: 'Reads a PDF',
			categories: ['Documents'],
			nodes: ['n8n-nodes-artificer.artificer'],
		},
		...Array.from({ length: 25 }, (_, number) => ({
			id: `more-${number}`,
			file: 'pdf.json',
			name: `More ${number}`,
			description: '',
			categories: [],
		})),
	],
	'pipeline.json': workflow(
		'n8n-nodes-base.manualTrigger',
		'n8n-nodes-artificer.fableForge',
		'n8n-nodes-artificer.fableForge',
		'n8n-nodes-base.stickyNote',
	),
	'pdf.json': workflow('n8n-nodes-base.formTrigger', 'n8n-nodes-artificer.artificer'),
};

let folder: string;
let library: LibraryServer;
beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'template-library-'));
	await Promise.all(Object.entries(files).map(([name, content]) => put(name, content)));
	library = await LibraryServer.start(folder);
});
afterAll(async () => {
	expect(await library.stop()).toBe(0);
	await rm(folder, { recursive: true });
});

async function put(name: string, content: unknown): Promise<void> {
	await writeFile(path.join(folder, name), JSON.stringify(content));
}

interface Card {
	id: string | number;
	name: string;
	nodes: { name: string; icon: string }[];
	categories: { id: number; name: string }[];
}

async function found(query: string): Promise<{ totalWorkflows: number; workflows: Card[] }> {
	const { status, body } = await library.get(`/templates/search?${query}`);
	expect(status).toBe(200);
	return body as unknown as { totalWorkflows: number; workflows: Card[] };
}

test('the editor’s first question, health, is answered', async () => {
	expect((await library.get('/health')).status).toBe(200);
});

test('a preflight is answered for the very origin and headers, with credentials', async () => {
	// fetch writes these headers itself; only a plain request can send them as a browser does.
	const asked = request(`${library.url}/templates/search`, {
		method: 'OPTIONS',
		headers: {
			origin: 'http://127.0.0.1:5678',
			'access-control-request-method': 'GET',
			'access-control-request-headers': 'n8n-version,x-other',
		},
	}).end();
	const [{ headers, statusCode }] = (await once(asked, 'response')) as [
		{ headers: Record<string, string>; statusCode: number },
	];
	expect(statusCode).toBe(204);
	expect(headers['access-control-allow-origin']).toBe('http://127.0.0.1:5678');
	expect(headers['access-control-allow-credentials']).toBe('true');
	expect(headers['access-control-allow-headers']).toBe('n8n-version,x-other');
});

test('pages hold 20 as the editor asks, in the order of the index, with the count of all', async () => {
	const first = await found('search=&page=1&limit=20&category=');
	expect(first.totalWorkflows).toBe(27);
	expect(first.workflows.map(({ id }) => id).slice(0, 3)).toEqual(['pipeline', 7, 'more-0']);
	expect(first.workflows).toHaveLength(20);
	const second = await found('search=&page=2&limit=20&category=');
	expect(second.workflows.map(({ name }) => name)).toEqual(
		Array.from({ length: 7 }, (_, number) => `More ${number + 18}`),
	);
});

test.each([
	['search=SPECIALISTS%20pipeline', ['pipeline']],
	['search=documents', [7]],
	['search=fableforge', ['pipeline']],
	['search=nothing%20of%20this', []],
	['category=AI,Documents', ['pipeline', 7]],
	['category=Documents&search=specialists', []],
	['nodes=n8n-nodes-artificer.fableForge', ['pipeline']],
])('%s finds %j', async (query, ids) => {
	expect((await found(query)).workflows.map(({ id }) => id)).toEqual(ids);
});

test('a card shows each node type once, without notes, with the package’s own icons', async () => {
	const { workflows } = await found('search=pipeline');
	expect(workflows[0]?.nodes.map(({ name }) => name)).toEqual([
		'n8n-nodes-base.manualTrigger',
		'n8n-nodes-artificer.fableForge',
	]);
	expect(new Set(workflows[0]?.nodes.map(({ icon }) => icon)).size).toBe(2);
	expect(workflows[0]?.nodes[1]).toMatchObject({
		displayName: 'FableForge',
		iconUrl: expect.stringMatching(/^icons\/n8n-nodes-artificer\/.*\.svg$/),
	});
});

test('the preview holds the template with its workflow, the import the workflow', async () => {
	const { nodes, connections, settings } = workflow(
		'n8n-nodes-base.formTrigger',
		'n8n-nodes-artificer.artificer',
	);
	const preview = (await library.get('/templates/workflows/7')).body.workflow;
	expect(preview).toMatchObject({ id: 7, description: 'Reads a PDF', workflow: { nodes } });
	expect((await library.get('/workflows/templates/7')).body).toEqual({
		id: 7,
		name: 'PDF to HTML',
		workflow: { nodes, connections, settings },
	});
});

test.each([
	'/templates/workflows/none',
	'/workflows/templates/none',
	'/templates/collections/9',
	'/x',
	'/templates/workflows/..%2Findex.json',
])('%s is answered 404', async (address) => {
	expect((await library.get(address)).status).toBe(404);
});

test('categories are filters and collections', async () => {
	expect((await library.get('/templates/categories')).body.categories).toEqual([
		{ id: 1, name: 'AI' },
		{ id: 2, name: 'Documents' },
		{ id: 3, name: 'Translation' },
	]);
	const names = async (query: string) => {
		const { body } = await library.get(`/templates/collections?${query}`);
		return (body.collections as { name: string }[]).map(({ name }) => name);
	};
	expect(await names('search=')).toEqual(['AI', 'Documents', 'Translation']);
	expect(await names('category[]=2&search=')).toEqual(['Documents']);
	expect(await names('category[]=2&category[]=3&search=')).toEqual(['Documents', 'Translation']);
	expect(await names('search=specialists')).toEqual(['AI', 'Translation']);
	const { body } = await library.get('/templates/collections/2');
	expect(body.collection).toMatchObject({ name: 'Documents', workflows: [{ id: 7 }] });
});

describe('a folder that can’t be served', () => {
	let broken: string;
	beforeEach(async () => {
		broken = await mkdtemp(path.join(os.tmpdir(), 'template-library-'));
	});
	afterEach(async () => {
		await rm(broken, { recursive: true });
	});

	const entry = { id: 1, file: 'a.json', name: 'A', description: '', categories: [] };

	test.each<[string, Record<string, unknown>, string]>([
		['has no index', {}, 'index.json'],
		['names a missing file', { 'index.json': [entry] }, 'a.json'],
		[
			'names a file outside of it',
			{ 'index.json': [{ ...entry, file: '../a.json' }] },
			'index.json',
		],
		['has a file that is no workflow', { 'index.json': [entry], 'a.json': [] }, 'a.json'],
		['has an id twice', { 'index.json': [entry, entry], 'a.json': workflow() }, 'id 1'],
		['has no name', { 'index.json': [{ ...entry, name: '' }], 'a.json': workflow() }, 'name'],
	])('%s: the start ends with a sentence on it', async (_, contents, named) => {
		for (const [name, content] of Object.entries(contents)) {
			await writeFile(path.join(broken, name), JSON.stringify(content));
		}
		const { exitCode, stderr } = await LibraryServer.run({ TEMPLATE_LIBRARY_FOLDER: broken });
		expect(exitCode).toBe(1);
		expect(stderr).toMatch(/^artificer-template-library: [^\n]*\.\n$/);
		expect(stderr).toContain(named);
	});

	test.each([
		[{}, 'TEMPLATE_LIBRARY_FOLDER'],
		[{ TEMPLATE_LIBRARY_FOLDER: '/tmp', TEMPLATE_LIBRARY_PORT: '-1' }, 'TEMPLATE_LIBRARY_PORT'],
	])('settings %j: the start ends with a sentence on them', async (environment, named) => {
		const { exitCode, stderr } = await LibraryServer.run(environment as Record<string, string>);
		expect(exitCode).toBe(1);
		expect(stderr).toContain(named);
	});
});

test('a template that is damaged while the library runs is told of, and mended it is served', async () => {
	await put('pdf.json', { nodes: 'none' });
	const { status, body } = await library.get('/templates/search');
	expect(status).toBe(500);
	expect(body.message).toEqual(expect.stringContaining('pdf.json'));
	await put('pdf.json', files['pdf.json']);
	expect((await library.get('/templates/search')).status).toBe(200);
});
