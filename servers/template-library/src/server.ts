import cors from '@fastify/cors';
import { fastify } from 'fastify';
import { cardOf, categoriesOf, collectionOf } from './cards.js';
import { readTemplates, type Template } from './folder.js';
import { search } from './search.js';
import { LibraryProblem } from './settings.js';

/** The most templates on a page that may be asked for; the editor asks for 20. */
const LARGEST_PAGE = 100;

interface SearchQuery {
	search?: string;
	/** Names, with commas between them. */
	category?: string;
	/** Full names of node types, with commas between them. */
	nodes?: string;
	/** From 1. */
	page?: string;
	limit?: string;
}

interface CollectionQuery {
	search?: string;
	/** Ids of categories, as the editor's HTTP client writes a list. */
	'category[]'?: string | string[];
}

interface WithId {
	Params: { id: string };
}

/**
 * n8n's template API over a folder. The folder is read for each request, so that a template that is
 * being worked on shows as it is.
 */
export async function makeServer(folder: string) {
	const server = fastify({ forceCloseConnections: 'idle' });
	// The editor asks with credentials, for which browsers want the very origin and not a star.
	await server.register(cors, { origin: true, credentials: true, methods: ['GET'] });
	server.setErrorHandler((problem, _request, reply) => {
		const message =
			problem instanceof LibraryProblem ? problem.message : 'The library has a fault.';
		process.stderr.write(`artificer-template-library: ${String(problem)}\n`);
		return reply.code(500).send({ message });
	});
	server.setNotFoundHandler((_request, reply) =>
		reply.code(404).send({ message: 'This library has nothing at this address.' }),
	);

	const find = async (id: string): Promise<{ template: Template | undefined; all: Template[] }> => {
		const all = await readTemplates(folder);
		return { template: all.find((template) => String(template.id) === id), all };
	};

	server.get('/health', async () => ({ status: 'OK' }));

	server.get('/templates/categories', async () => ({
		categories: categoriesOf(await readTemplates(folder)),
	}));

	server.get<{ Querystring: SearchQuery }>('/templates/search', async ({ query }) => {
		const all = await readTemplates(folder);
		const found = search(all, {
			text: query.search ?? '',
			categories: listOf(query.category),
			nodes: listOf(query.nodes),
		});
		const limit = wholeNumber(query.limit, 20, LARGEST_PAGE);
		const start = (wholeNumber(query.page, 1, Number.MAX_SAFE_INTEGER) - 1) * limit;
		const categories = categoriesOf(all);
		return {
			totalWorkflows: found.length,
			workflows: found.slice(start, start + limit).map((template) => cardOf(template, categories)),
			filters: [],
		};
	});

	server.get<WithId>('/templates/workflows/:id', async ({ params }, reply) => {
		const { template, all } = await find(params.id);
		if (!template) return await reply.callNotFound();
		return { workflow: { ...cardOf(template, categoriesOf(all)), workflow: template.workflow } };
	});

	server.get<WithId>('/workflows/templates/:id', async ({ params }, reply) => {
		const { template } = await find(params.id);
		if (!template) return await reply.callNotFound();
		return { id: template.id, name: template.name, workflow: template.workflow };
	});

	server.get<{ Querystring: CollectionQuery }>('/templates/collections', async ({ query }) => {
		const all = await readTemplates(folder);
		const categories = categoriesOf(all);
		const ids = [query['category[]'] ?? []].flat();
		const found = search(all, { text: query.search ?? '', categories: [], nodes: [] });
		const collections = categories
			.filter(({ id }) => ids.length === 0 || ids.includes(String(id)))
			.map((category) => collectionOf(category, found, categories))
			.filter(({ workflows }) => workflows.length > 0);
		return { collections };
	});

	server.get<WithId>('/templates/collections/:id', async ({ params }, reply) => {
		const all = await readTemplates(folder);
		const categories = categoriesOf(all);
		const category = categories.find(({ id }) => String(id) === params.id);
		if (!category) return await reply.callNotFound();
		return { collection: collectionOf(category, all, categories) };
	});

	return server;
}

function listOf(value = ''): string[] {
	return value
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}

function wholeNumber(value: string | undefined, byDefault: number, highest: number): number {
	const number = Number(value);
	return Number.isInteger(number) && number >= 1 ? Math.min(number, highest) : byDefault;
}
