import type { IDataObject } from 'n8n-workflow';

import type { PortableTextBlock__Output as WireBlock } from '../transport/generated/artificer/PortableTextBlock';
import type {
	PortableTextDocument,
	PortableTextDocument__Output,
} from '../transport/generated/artificer/PortableTextDocument';
import type { PortableTextSpan__Output as WireSpan } from '../transport/generated/artificer/PortableTextSpan';
import type { TableRow__Output as WireRow } from '../transport/generated/artificer/TableRow';

/** A document as users see it: standard Portable Text with the front matter beside it. */
export interface JsonDocument extends IDataObject {
	content: IDataObject[];
	metadata: IDataObject;
}

/** The wire's document as standard Portable Text (`_type`, `_key`, `markDefs`, `listItem`). */
export function toPortableText(document: PortableTextDocument__Output | null): JsonDocument {
	return {
		content: (document?.content ?? []).map(blockToJson),
		metadata: { ...document?.metadata },
	};
}

function blockToJson(block: WireBlock): IDataObject {
	const { type, key, level } = block;
	const head = { _type: type || 'block', ...named('_key', key) };
	const texts = withoutEmpty({
		style: block.style,
		listItem: block.list_item,
		code: block.code,
		language: block.language,
		url: block.url,
		alt: block.alt,
		caption: block.caption,
	});
	return {
		...head,
		...texts,
		...(level > 0 && { level }),
		...(head._type === 'block' || block.children.length > 0
			? { children: block.children.map(spanToJson) }
			: {}),
		...(head._type === 'block' || block.mark_defs.length > 0
			? {
					markDefs: block.mark_defs.map((mark) => ({
						...named('_key', mark.key),
						...named('_type', mark.type),
						...named('href', mark.href),
					})),
				}
			: {}),
		...(head._type === 'code' && { code: block.code }),
		...(head._type === 'table' || block.rows.length > 0 ? { rows: block.rows.map(rowToJson) } : {}),
	};
}

function rowToJson({ type, key, cells }: WireRow): IDataObject {
	return {
		...named('_type', type),
		...named('_key', key),
		cells: cells.map((cell) => ({
			...named('_type', cell.type),
			...named('_key', cell.key),
			content: cell.content.map(spanToJson),
		})),
	};
}

function spanToJson({ type, key, text, marks }: WireSpan): IDataObject {
	return { _type: type || 'span', ...named('_key', key), text, marks: [...marks] };
}

/** Proto3 knows no absence: an empty string on the wire is a field that isn't there. */
function named(name: string, value: string): IDataObject {
	return value === '' ? {} : { [name]: value };
}

function withoutEmpty(fields: Record<string, string>): IDataObject {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/**
 * A document as the user gave it, for the wire. Takes `{content, metadata}` or a bare list of
 * blocks. Throws a sentence where it is neither.
 */
export function fromPortableText(document: unknown): PortableTextDocument {
	const content = Array.isArray(document)
		? (document as unknown[])
		: (document as IDataObject | null)?.content;
	if (!Array.isArray(content)) {
		throw new Error(
			'The document is not Portable Text: a list of blocks, or an object with a list "content", is needed',
		);
	}
	const metadata = Array.isArray(document) ? {} : (document as IDataObject).metadata;
	return {
		content: content.map(blockAt),
		metadata: Object.fromEntries(
			Object.entries((metadata ?? {}) as IDataObject).map(([name, value]) => [name, asText(value)]),
		),
	};
}

function blockAt(block: unknown, position: number) {
	try {
		return blockToWire(asObject(block, 'It'));
	} catch (thrown) {
		throw unusable(`Block ${position} of the document`, thrown);
	}
}

function unusable(what: string, thrown: unknown): Error {
	const reason = thrown instanceof Error ? thrown.message : String(thrown);
	return new Error(`${what} can't be used. ${reason}`);
}

function asObject(value: unknown, name: string): IDataObject {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as IDataObject;
	}
	throw new Error(`${name} is ${JSON.stringify(value)}, but an object is needed`);
}

function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The members of a list of objects; without a list there are none. */
function list(value: unknown, name: string): IDataObject[] {
	if (!Array.isArray(value)) return [];
	return value.map((member: unknown, place) => asObject(member, `${name}[${place}]`));
}

function wholeNumber(value: unknown, name: string): number {
	const number = Number(value ?? 0);
	if (Number.isInteger(number)) return number;
	throw new Error(`Its ${name} is ${JSON.stringify(value)}, but a whole number is needed`);
}

function blockToWire(block: IDataObject) {
	return {
		type: asText(block._type ?? 'block'),
		key: asText(block._key),
		style: asText(block.style),
		children: list(block.children, 'children').map(spanToWire),
		mark_defs: list(block.markDefs, 'markDefs').map((mark) => ({
			key: asText(mark._key),
			type: asText(mark._type),
			href: asText(mark.href),
		})),
		list_item: asText(block.listItem),
		level: wholeNumber(block.level, 'level'),
		code: asText(block.code),
		language: asText(block.language),
		url: asText(block.url),
		alt: asText(block.alt),
		caption: asText(block.caption),
		rows: list(block.rows, 'rows').map((row) => ({
			type: asText(row._type),
			key: asText(row._key),
			cells: list(row.cells, 'cells').map((cell) => ({
				type: asText(cell._type),
				key: asText(cell._key),
				content: list(cell.content, 'content').map(spanToWire),
			})),
		})),
	};
}

function spanToWire(span: IDataObject) {
	return {
		type: asText(span._type ?? 'span'),
		key: asText(span._key),
		text: asText(span.text),
		marks: Array.isArray(span.marks) ? span.marks.map(asText) : [],
	};
}
