import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import * as artificer from '../../../../nodes/Artificer/operations';
import * as fableForge from '../../../../nodes/FableForge/operations';
import { describeOperations } from '../../../../nodes/shared/describe';
import type { Operation, Resource } from '../../../../nodes/shared/operation';

const lists: Array<[string, Resource[], Array<Operation<unknown>>]> = [
	['Artificer', artificer.resources, artificer.operations],
	['FableForge', fableForge.resources, fableForge.operations],
];

function namesOf(field: INodeProperties | undefined): string[] {
	return ((field?.options ?? []) as INodePropertyOptions[]).map(({ name }) => name);
}

describe.each(lists)('the properties of %s', (_, resources, operations) => {
	const properties = describeOperations(resources, operations);
	const shownFor = (resource: string, operation: string) =>
		properties.filter(({ displayOptions }) => {
			const { resource: forResource, operation: forOperation } = displayOptions?.show ?? {};
			return forResource?.includes(resource) && forOperation?.includes(operation);
		});

	// Broken by an operation that is in the list and can't be chosen, or the reverse.
	test('offer every operation of the list, once', () => {
		const offered = properties
			.filter(({ name }) => name === 'operation')
			.flatMap((selector) =>
				(selector.options as INodePropertyOptions[]).map(({ value }) => [
					selector.displayOptions?.show?.resource?.[0],
					value,
				]),
			);
		const listed = operations.map(({ resource, name }) => [resource, name]);
		expect(offered.map(String).sort()).toEqual(listed.map(String).sort());
	});

	// Broken by selectors in the order of the source, where nobody finds anything.
	test('sort resources, operations and options by name', () => {
		const selectors = properties.filter(({ name }) => ['resource', 'operation'].includes(name));
		for (const selector of selectors) {
			expect(namesOf(selector)).toEqual([...namesOf(selector)].sort((a, b) => a.localeCompare(b)));
		}
		for (const options of properties.filter(({ name }) => name === 'options')) {
			const names = (options.options as INodeProperties[]).map(({ displayName }) => displayName);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	// Broken by a default that the selector doesn't offer: a new node would show nothing.
	test('preselect something that is offered', () => {
		for (const selector of properties.filter(({ name }) =>
			['resource', 'operation'].includes(name),
		)) {
			const values = (selector.options as INodePropertyOptions[]).map(({ value }) => value);
			expect(values).toContain(selector.default);
		}
	});

	// Broken by a field that shows for other operations, too, or a condition of its own that is lost.
	test('show each field for its operation, under the conditions that it has of its own', () => {
		for (const operation of operations) {
			const shown = shownFor(operation.resource, operation.name);
			expect(shown.map(({ name }) => name)).toEqual([
				...operation.fields.map(({ name }) => name),
				'options',
			]);
			operation.fields.forEach((field, position) => {
				expect(shown[position]?.displayOptions?.show).toEqual({
					...field.displayOptions?.show,
					resource: [operation.resource],
					operation: [operation.name],
				});
				expect(shown[position]?.displayOptions?.hide).toEqual(field.displayOptions?.hide);
			});
		}
	});

	// Broken by two options of an operation that overwrite each other's value.
	test('have no two fields or options of the same name in one operation', () => {
		for (const { resource, name } of operations) {
			const shown = shownFor(resource, name);
			const options = shown.find((field) => field.name === 'options')?.options ?? [];
			for (const names of [shown, options].map((fields) => fields.map((field) => field.name))) {
				expect(names).toEqual([...new Set(names)]);
			}
		}
	});
});
