import type { Item } from '../../../shared/item';
import { numberOf, numberProperty, type NumberField } from '../numberField';

const field: NumberField = {
	displayName: 'Least Text per Page',
	name: 'textThreshold',
	// The contract's default.
	default: 100,
	min: 1,
	max: 100_000,
	description: 'A page with fewer characters than this counts as scanned',
};

/** How little text makes a page a scanned one. */
export const textThresholdField = { ...numberProperty(field), default: field.default };

export function textThreshold(item: Item): number {
	return numberOf(item, field);
}
