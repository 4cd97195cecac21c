import fc from 'fast-check';

import {
	fromPortableText,
	toPortableText,
} from '../../../../nodes/Artificer/operations/portableText';
import { clientClasses } from '../../../../nodes/Artificer/transport/services';
import type { PortableTextDocument__Output as WireDocument } from '../../../../nodes/Artificer/transport/generated/artificer/PortableTextDocument';

/** Any text, an empty one (which proto3 can't tell from none) and Korean included. */
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '안녕하세요', 'strong'));
const span = fc.record({
	type: fc.constant('span'),
	key: text,
	text,
	marks: fc.array(text, { maxLength: 3 }),
});
const cell = fc.record({
	type: fc.constantFrom('cell', ''),
	key: text,
	content: fc.array(span, { maxLength: 3 }),
});
const row = fc.record({
	type: fc.constantFrom('row', ''),
	key: text,
	cells: fc.array(cell, { maxLength: 3 }),
});
const block = fc.record({
	type: fc.constantFrom('block', 'code', 'image', 'table'),
	key: text,
	style: text,
	children: fc.array(span, { maxLength: 4 }),
	mark_defs: fc.array(fc.record({ key: text, type: text, href: text }), { maxLength: 2 }),
	list_item: text,
	level: fc.integer({ min: 0, max: 9 }),
	code: text,
	language: text,
	url: text,
	alt: text,
	caption: text,
	rows: fc.array(row, { maxLength: 3 }),
});
const wireDocument: fc.Arbitrary<WireDocument> = fc.record({
	content: fc.array(block, { maxLength: 5 }),
	metadata: fc.dictionary(text, text),
});

/** As it comes out of the wire: encoded and decoded by the protocol library itself. */
function overTheWire(document: unknown): WireDocument {
	const method = clientClasses().ConversionService.service.ExportHTML;
	if (!method) throw new Error('There is no ExportHTML');
	const request = method.requestDeserialize(method.requestSerialize({ document }));
	return (request as { document: WireDocument }).document;
}

describe('Portable Text between wire and JSON', () => {
	// Broken by any field that one direction forgets or renames.
	test('the wire’s document comes back as it was, tables and images included', () => {
		fc.assert(
			fc.property(wireDocument, (document) => {
				const there = fromPortableText(toPortableText(document));
				expect(overTheWire(there)).toEqual(overTheWire(document));
			}),
		);
	});

	// Broken by a JSON that is different after it was once on the wire.
	test('the JSON comes back as it was', () => {
		fc.assert(
			fc.property(wireDocument, (document) => {
				const json = toPortableText(document);
				expect(toPortableText(overTheWire(fromPortableText(json)))).toEqual(json);
			}),
		);
	});

	// Broken by the wire's names in what users see, or an image or a table that loses a field.
	test('JSON has the names of standard Portable Text', () => {
		const json = {
			content: [
				{
					_type: 'block',
					_key: 'b1',
					style: 'normal',
					listItem: 'bullet',
					level: 2,
					children: [{ _type: 'span', _key: 's1', text: '링크', marks: ['strong', 'm1'] }],
					markDefs: [{ _key: 'm1', _type: 'link', href: 'https://example.com' }],
				},
				{ _type: 'image', _key: 'i1', url: 'a.png', alt: 'A', caption: 'B' },
				{ _type: 'code', _key: 'c1', language: 'ts', code: 'let a;' },
				{
					_type: 'table',
					_key: 't1',
					rows: [
						{
							_type: 'row',
							_key: 'r1',
							cells: [
								{
									_type: 'cell',
									_key: 'x1',
									content: [{ _type: 'span', _key: 's2', text: '1', marks: [] }],
								},
							],
						},
					],
				},
			],
			metadata: { title: '안내' },
		};
		expect(toPortableText(overTheWire(fromPortableText(json)))).toEqual(json);
	});

	// Broken by a block list that has to be wrapped by the user.
	test('a bare list of blocks is a document, too', () => {
		const list = [{ _type: 'block', children: [{ _type: 'span', text: 'a', marks: [] }] }];
		expect(fromPortableText(list)).toEqual(fromPortableText({ content: list }));
	});

	// Broken by metadata that only texts survive: the wire has texts alone.
	test('metadata that are no texts are written out', () => {
		const { metadata } = fromPortableText({ content: [], metadata: { year: 2026, tags: ['a'] } });
		expect(metadata).toEqual({ year: '2026', tags: '["a"]' });
	});

	// Broken by a failure in the protocol library's words, or by an empty document that is sent instead.
	test.each([
		[undefined, 'The document is not Portable Text'],
		[null, 'The document is not Portable Text'],
		[7, 'The document is not Portable Text'],
		[{}, 'The document is not Portable Text'],
		[{ content: 'text' }, 'The document is not Portable Text'],
		['# Title', 'The document is not Portable Text'],
		[['a'], 'Block 0 of the document can\'t be used. It is "a", but an object is needed'],
		[[{}, null], "Block 1 of the document can't be used. It is null, but an object is needed"],
		[[['nested']], 'It is ["nested"], but an object is needed'],
		[[{ level: 'two' }], 'Its level is "two", but a whole number is needed'],
		[[{ children: [{}, null] }], 'children[1] is null, but an object is needed'],
		[[{ rows: [{ cells: ['x'] }] }], 'cells[0] is "x", but an object is needed'],
	])('%j is refused in one sentence', (given, sentence) => {
		expect(() => fromPortableText(given)).toThrow(sentence);
	});
});
