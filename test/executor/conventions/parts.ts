import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import type { ExportedNode } from './exportedNodes';

/** A field of a node, wherever it is nested. */
export interface Field {
	/** Where it is, for messages. */
	path: string;
	property: INodeProperties;
}

/** A text that a user reads. */
export interface Wording {
	path: string;
	text: string;
}

/** Every field of a node, those of its collections included. */
export function fieldsOf({ name, properties }: ExportedNode): Field[] {
	return properties.flatMap((property) => nested(name, property));
}

function nested(above: string, property: INodeProperties): Field[] {
	const { resource, operation } = property.displayOptions?.show ?? {};
	const path = [above, resource, operation, property.name].filter(Boolean).join('/');
	return [{ path, property }, ...groupsOf(property).flatMap((field) => nested(path, field))];
}

function groupsOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options as INodeProperties[];
	if (type !== 'fixedCollection') return [];
	return (options as INodePropertyCollection[]).flatMap(({ values }) => values);
}

/** The entries of a list that a user chooses from; empty where the field is no such list. */
export function choicesOf({ type, options = [] }: INodeProperties): INodePropertyOptions[] {
	return type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];
}

/** What the entries of a list or collection are called, in their order. */
export function namesOf({ options = [] }: INodeProperties): string[] {
	return options.map((entry) => ('displayName' in entry ? entry.displayName : entry.name));
}

/** Every name that a user reads: of fields, choices and groups. */
export function namesIn(node: ExportedNode): Wording[] {
	return fieldsOf(node).flatMap(({ path, property }) => [
		{ path, text: property.displayName },
		...namesOf(property).map((text) => ({ path, text })),
	]);
}

/** Every description and action that a user reads, the node's own included. */
export function sentencesIn(node: ExportedNode): Wording[] {
	const inside = fieldsOf(node).flatMap(({ path, property }) => [
		{ path, text: property.description },
		...choicesOf(property).flatMap(({ name, description, action }) => [
			{ path: `${path}/${name}`, text: description },
			{ path: `${path}/${name} (action)`, text: action },
		]),
	]);
	return [{ path: node.name, text: node.description }, ...inside].filter(
		(wording): wording is Wording => Boolean(wording.text),
	);
}
