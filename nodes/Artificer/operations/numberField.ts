import type { INodeProperties } from 'n8n-workflow';

import type { Item } from '../../shared/item';

/** A field for a whole number, with the bounds that hold for what the user types and what an expression gives. */
export interface NumberField {
	displayName: string;
	name: string;
	default: number;
	min: number;
	max: number;
	description: string;
}

/** As n8n shows it. */
export function numberProperty(field: NumberField): INodeProperties {
	const { displayName, name, min, max, description } = field;
	const standard = field.default;
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: min, maxValue: max },
		default: standard,
		description,
	};
}

/** Its value for an item. */
export function numberOf(item: Item, { name, displayName, min, max }: NumberField): number {
	return item.wholeNumber(name, displayName, min, max);
}

/** Its value for an item where it is among the options. */
export function numberOption(item: Item, field: NumberField): number {
	const { name, displayName, min, max } = field;
	return item.wholeNumber(`options.${name}`, displayName, min, max, field.default);
}
