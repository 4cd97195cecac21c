import type { INodeProperties } from 'n8n-workflow';

import { exportedNodes, type ExportedNode } from './exportedNodes';
import { choicesOf, fieldsOf, namesIn, namesOf, sentencesIn } from './parts';
import { endsAsItShould, isSentenceCase, isTitleCase } from './wording';

let nodes: Map<string, ExportedNode>;

beforeAll(async () => {
	nodes = await exportedNodes();
});

function node(name: string): ExportedNode {
	const found = nodes.get(name);
	if (!found) throw new Error(`n8n has no node ${name}, but ${[...nodes.keys()].join(', ')}`);
	return found;
}

const withOperations = ['artificer', 'fableForge'];
const all = [...withOperations, 'quorumMerge'];

describe.each(all)('the node %s, as n8n exports it,', (name) => {
	// Broken by "Put output in field".
	it('has names in Title Case', () => {
		expect(namesIn(node(name)).filter(({ text }) => !isTitleCase(text))).toEqual([]);
	});

	// Broken by "Whether each Result carries the fields".
	it('has actions and descriptions in sentence case', () => {
		// A description may speak of fields, operations and nodes by their names.
		const names = [...nodes.values()].flatMap((each) => [
			each.displayName,
			...namesIn(each).map(({ text }) => text),
		]);
		const given = new Set(names.flatMap((text) => text.split(/\W+/)));
		expect(sentencesIn(node(name)).filter(({ text }) => !isSentenceCase(text, given))).toEqual([]);
	});

	// Broken by a period after a single sentence, or none after several.
	it('has descriptions that end as they should', () => {
		expect(sentencesIn(node(name)).filter(({ text }) => !endsAsItShould(text))).toEqual([]);
	});

	// Broken by a boolean that says "If the …".
	it('has booleans whose descriptions begin with "Whether"', () => {
		const booleans = fieldsOf(node(name)).filter(({ property }) => property.type === 'boolean');
		expect(
			booleans.filter(({ property }) => !property.description?.startsWith('Whether ')),
		).toEqual([]);
	});

	// Broken by a placeholder that could be taken for a value that is set.
	it('has placeholders that begin with "e.g.", or "Add …" on the button of a collection', () => {
		const other = fieldsOf(node(name)).filter(({ property: { type, placeholder } }) => {
			if (placeholder === undefined) return false;
			const beginning = /ollection$/.test(type) ? /^Add [A-Z]/ : /^e\.g\. /;
			return !beginning.test(placeholder);
		});
		expect(other).toEqual([]);
	});

	// Broken by a list in the order of writing, where nobody finds anything.
	it('has choices and options sorted by name, but for numbers', () => {
		const unsorted = fieldsOf(node(name))
			.map(({ path, property }) => ({ path, names: namesOf(property) }))
			.filter(({ names }) => !names.every((choice) => /^\d+$/.test(choice)))
			.filter(({ names }) => names.join() !== [...names].sort(byAlphabet).join());
		expect(unsorted).toEqual([]);
	});

	// Broken by a field without a default, or a default that is not among its choices.
	it('has a default that fits for each field', () => {
		const unfit = fieldsOf(node(name)).filter(({ property }) => !hasFittingDefault(property));
		expect(unfit.map(({ path }) => path)).toEqual([]);
	});

	// Broken by a list or collection with nothing in it.
	it('has no empty list of choices or options', () => {
		const lists = ['options', 'multiOptions', 'collection', 'fixedCollection'];
		const empty = fieldsOf(node(name)).filter(
			({ property }) => lists.includes(property.type) && namesOf(property).length === 0,
		);
		expect(empty).toEqual([]);
	});

	// Broken by two fields of one name that are shown at the same time.
	it('shows no two fields of one name for the same choice', () => {
		const shown = node(name).properties.map((property) =>
			JSON.stringify([property.name, property.displayOptions]),
		);
		expect(shown).toEqual([...new Set(shown)]);
	});

	// Broken by a codex file without resources, which n8n drops without a word.
	it('can be found by search words, and has a link to its documentation', () => {
		const { alias = [], resources, categories = [] } = node(name).codex ?? {};
		expect(alias.length).toBeGreaterThan(3);
		expect(alias).toEqual([...new Set(alias)]);
		expect(categories.length).toBeGreaterThan(0);
		expect(resources?.primaryDocumentation?.[0]?.url).toMatch(/^https:\/\//);
	});

	// Broken by an icon that the build leaves behind.
	it('has an icon for the light and one for the dark editor', () => {
		const { icons } = node(name);
		expect(icons).toHaveLength(2);
		for (const icon of icons) expect(icon).toMatch(/<svg[\s>]/);
	});
});

describe.each(withOperations)('the operations of %s', (name) => {
	function selectors() {
		const { properties } = node(name);
		const resource = properties.find((property) => property.name === 'resource');
		const operations = properties.filter((property) => property.name === 'operation');
		if (!resource) throw new Error(`${name} has no selector of resources`);
		return { resource, operations, properties };
	}

	// Broken by an operation that is asked for before it is known of what.
	it('come after the resource, and both before all other fields', () => {
		const { resource, operations, properties } = selectors();
		expect(properties.slice(0, 1 + operations.length)).toEqual([resource, ...operations]);
		expect(
			operations.map(({ displayOptions }) => displayOptions?.show?.resource?.[0]).sort(),
		).toEqual(
			choicesOf(resource)
				.map(({ value }) => value)
				.sort(),
		);
	});

	// Broken by a field that shows for every operation.
	it('have each of their fields for one resource and one operation alone', () => {
		const { operations, properties } = selectors();
		const known = operations.flatMap((selector) =>
			choicesOf(selector).map(
				({ value }) => `${String(selector.displayOptions?.show?.resource?.[0])}/${String(value)}`,
			),
		);
		const gates = properties.slice(1 + operations.length).map(({ displayOptions }) => {
			const { resource = [], operation = [] } = displayOptions?.show ?? {};
			return `${resource.join('+')}/${operation.join('+')}`;
		});
		expect([...new Set(gates)].sort()).toEqual(known.sort());
	});

	// Broken by "Extract the text", or by an action that says nothing of the resource.
	it('have actions without articles that name the resource', () => {
		const { resource, operations } = selectors();
		const unfit = operations.flatMap((selector) => {
			const own = selector.displayOptions?.show?.resource?.[0];
			const noun = choicesOf(resource).find(({ value }) => value === own)?.name ?? '';
			return choicesOf(selector).filter(({ action = '' }) => {
				const words = action.toLowerCase().split(/\W+/);
				const named = words.some((word) =>
					[noun.toLowerCase(), `${noun.toLowerCase()}s`].includes(word),
				);
				return !named || words.some((word) => ['a', 'an', 'the'].includes(word));
			});
		});
		expect(unfit.map(({ action }) => action)).toEqual([]);
	});

	// Broken by an operation that is listed without saying what it does.
	it('have an action and a description, and no two share one', () => {
		const choices = selectors().operations.flatMap(choicesOf);
		const actions = choices.map(({ action }) => action);
		const descriptions = choices.map(({ description }) => description);
		expect([...actions, ...descriptions]).toEqual([...new Set([...actions, ...descriptions])]);
		expect([...actions, ...descriptions].every(Boolean)).toBe(true);
	});

	// Broken by `usableAsTool` left out: no agent could use the node.
	it('can be used by agents', () => {
		expect(node(name).usableAsTool).toBe(true);
		expect(node(`${name}Tool`).outputs).toEqual(['ai_tool']);
	});
});

describe('the node quorumMerge', () => {
	// Broken by `usableAsTool`, which takes a node's inputs away: nothing would be left to merge.
	it('is none for agents', () => {
		expect([...nodes.keys()].sort()).toEqual([
			'artificer',
			'artificerTool',
			'fableForge',
			'fableForgeTool',
			'quorumMerge',
		]);
	});
});

function byAlphabet(a: string, b: string): number {
	return a.localeCompare(b);
}

function hasFittingDefault(property: INodeProperties): boolean {
	if (property.default === undefined || property.default === null) return false;
	const values: unknown[] = choicesOf(property).map(({ value }) => value);
	if (values.length === 0) return true;
	const chosen: unknown[] = Array.isArray(property.default) ? property.default : [property.default];
	return chosen.every((value) => values.includes(value));
}
