import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Resource } from './operation';
import { settingFields } from './settingFields';

/** Derives a node's properties from its operations: the two selectors, each operation's fields, its options. */
export function describeOperations(
	resources: Resource[],
	operations: Array<Operation<unknown>>,
): INodeProperties[] {
	return [
		resourceSelector(resources),
		...resources.map(({ value }) => operationSelector(value, operations)),
		...operations.flatMap(operationFields),
	];
}

function resourceSelector(resources: Resource[]): INodeProperties {
	const preselected = resources[0]?.value ?? '';
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [...resources].sort(byName),
		default: preselected,
	};
}

function operationSelector(
	resource: string,
	operations: Array<Operation<unknown>>,
): INodeProperties {
	const own = operations.filter((operation) => operation.resource === resource);
	const preselected = own[0]?.name ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: own
			.map(({ displayName, name, action, description }) => ({
				name: displayName,
				value: name,
				action,
				description,
			}))
			.sort(byName),
		default: preselected,
	};
}

function operationFields(operation: Operation<unknown>): INodeProperties[] {
	const options: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...settingFields(operation), ...(operation.options ?? [])].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
	return [...operation.fields, options].map((field) => gated(field, operation));
}

/** Shows a field only for its operation, besides the conditions that it has of its own. */
function gated(field: INodeProperties, { resource, name }: Operation<unknown>): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [name], ...field.displayOptions?.show },
		},
	};
}

function byName(a: INodePropertyOptions | Resource, b: INodePropertyOptions | Resource): number {
	return a.name.localeCompare(b.name);
}
