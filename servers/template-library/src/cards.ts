import type { Template } from './folder.js';

/** A category, as the editor lists it. */
export interface Category {
	id: number;
	name: string;
}

/** All categories in alphabetical order; their ids are their places, from 1. */
export function categoriesOf(templates: readonly Template[]): Category[] {
	const names = new Set(templates.flatMap(({ categories }) => categories));
	return [...names].sort().map((name, place) => ({ id: place + 1, name }));
}

/** What the editor shows of a template in a list. */
export function cardOf(template: Template, categories: readonly Category[]) {
	const { id, name, description, changed } = template;
	return {
		id,
		name,
		description,
		createdAt: changed.toISOString(),
		totalViews: 0,
		user: { username: 'n8n-nodes-artificer', name: 'n8n-nodes-artificer' },
		categories: categories.filter((category) => template.categories.includes(category.name)),
		nodes: template.nodeTypes.map(nodeOf),
		image: [],
	};
}

/** A category as a collection: n8n's library has both, and the editor shows both. */
export function collectionOf(
	category: Category,
	templates: readonly Template[],
	categories: readonly Category[],
) {
	const members = templates.filter((template) => template.categories.includes(category.name));
	const types = new Set(members.flatMap(({ nodeTypes }) => nodeTypes));
	return {
		...category,
		description: '',
		rank: category.id,
		totalViews: 0,
		createdAt: members[0]?.changed.toISOString(),
		nodes: [...types].map(nodeOf),
		categories: [category],
		workflows: members.map((template) => cardOf(template, categories)),
	};
}

/** Where an n8n that has the package serves its icons, seen from the editor's own address. */
const PACKAGE_NODES = 'icons/n8n-nodes-artificer/dist/nodes';

/** The package's own nodes: the editor doesn't find their icons by their types alone. */
const OWN_NODES: Readonly<Record<string, { displayName: string; iconUrl: string }>> = {
	'n8n-nodes-artificer.artificer': {
		displayName: 'Artificer',
		iconUrl: `${PACKAGE_NODES}/Artificer/artificer.svg`,
	},
	'n8n-nodes-artificer.fableForge': {
		displayName: 'FableForge',
		iconUrl: `${PACKAGE_NODES}/FableForge/fableforge.svg`,
	},
	'n8n-nodes-artificer.quorumMerge': {
		displayName: 'Quorum Merge',
		iconUrl: `${PACKAGE_NODES}/QuorumMerge/quorumMerge.svg`,
	},
};

/**
 * A node type, for its icon on a card. The editor takes icon and name from its own node of this
 * type; it tells the types of a card apart by `icon`.
 */
function nodeOf(type: string, place: number) {
	const { displayName, iconUrl } = OWN_NODES[type] ?? { displayName: displayNameOf(type) };
	return {
		id: place + 1,
		name: type,
		displayName,
		icon: `node:${type}`,
		iconUrl,
		defaults: { name: displayName },
		categories: [],
	};
}

/** `n8n-nodes-base.httpRequest` reads «Http Request». */
function displayNameOf(type: string): string {
	const name = type.slice(type.lastIndexOf('.') + 1);
	const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
