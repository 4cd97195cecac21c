import type { IExecuteFunctions } from 'n8n-workflow';

/** How a parameter is written: with a value for all items, as a field of the item's own, or otherwise. */
type Written = { value: unknown } | { ownField: string } | 'otherwise';

/** The commonest expression: what the item itself holds under a name. */
const ownFieldAlone = /^=\{\{\s*\$json\.([A-Za-z_]\w*)\s*\}\}$/;

/**
 * A node's parameters, as the items of a run read them. n8n takes a sixth of a millisecond for each
 * expression, which is as long as a small call takes; so what needs no working out is not worked out.
 */
export class Parameters {
	private readonly known = new Map<string, Written>();

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * A parameter's value for an item. Throws where there is none and no fallback.
	 *
	 * @param path the field's name, or `options.` and an option's
	 */
	read(path: string, itemIndex: number, fallback?: unknown): unknown {
		const written = this.known.get(path) ?? this.look(path, itemIndex, fallback);
		if (written !== 'otherwise') {
			if ('value' in written) return written.value;
			const own = this.context.getInputData()[itemIndex]?.json[written.ownField];
			if (isPlain(own)) return own;
		}
		return this.context.getNodeParameter(path, itemIndex, fallback);
	}

	private look(path: string, itemIndex: number, fallback: unknown): Written {
		const raw = this.context.getNodeParameter(path, itemIndex, fallback, {
			rawExpressions: true,
		}) as unknown;
		const written = read(raw);
		this.known.set(path, written);
		return written;
	}
}

function read(raw: unknown): Written {
	if (typeof raw === 'string' && raw.startsWith('=')) {
		const ownField = ownFieldAlone.exec(raw)?.[1];
		return ownField ? { ownField } : 'otherwise';
	}
	return isPlain(raw) ? { value: raw } : 'otherwise';
}

/** Not a list or object: they may hold expressions, and n8n hands out copies of them. */
function isPlain(value: unknown): boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}
