import { inflateSync } from 'node:zlib';
import { shorterWidths } from './widths.js';

/*
 * PDFium looks a glyph's width up from the beginning of the font's list, three times a character.
 * Where a whole font for Chinese, Japanese or Korean is embedded, its list has some 20,000 entries,
 * and a page takes a hundred times as long as with a subset. So the list is written anew in a
 * few hundred, as an update appended to the file, which PDF provides for.
 */

/** A file with a whole such font is larger than this, bytes; others aren't looked into. */
const LEAST_FILE = 1_000_000;
/** Most bytes that a group of objects may have when it is unpacked. */
const MOST_UNPACKED = 16_000_000;
/** Most bytes of a font's dictionary; 65,536 widths take half of it. */
const MOST_FONT = 1_000_000;
/** Most places that are looked at: a file of many has them for other things. */
const MOST_PLACES = 100;

interface PdfObject {
	number: number;
	text: string;
}

/** What the cross-reference of a file says, as far as an update has to repeat it. */
interface Trailer {
	/** Where the cross-reference begins. */
	offset: number;
	/** Whether it is a stream; an update has to be of the same kind. */
	isStream: boolean;
	/** One more than the highest number of an object. */
	size: number;
	/** The entries that say where the catalogue and the document's information are. */
	references: string;
}

/** Where a file says that its cross-reference is; undefined where it was updated already. */
function trailerOf(file: Buffer): Trailer | undefined {
	const place = file.lastIndexOf('startxref');
	if (place < 0 || file.indexOf('startxref') !== place) return undefined;
	const offset = Number(/^startxref\s+(\d+)/.exec(file.toString('latin1', place, place + 40))?.[1]);
	if (!(offset < place)) return undefined;
	const isStream = !file.toString('latin1', offset, offset + 4).startsWith('xref');
	const from = isStream ? offset : file.indexOf('trailer', offset);
	const end = isStream ? file.indexOf('stream', offset) : place;
	if (from < 0 || end < from) return undefined;
	const text = file.toString('latin1', from, end);
	const size = Number(/\/Size\s+(\d+)/.exec(text)?.[1]);
	const references = text.match(/\/(?:Root|Info)\s+\d+\s+\d+\s+R/g) ?? [];
	if (text.includes('/Encrypt') || !(size > 0) || references.length === 0) return undefined;
	return { offset, isStream, size, references: references.join(' ') };
}

/** The first places of a word in a file. */
function placesOf(file: Buffer, word: string): number[] {
	const places: number[] = [];
	let place = file.indexOf(word);
	while (place >= 0 && places.length < MOST_PLACES) {
		places.push(place);
		place = file.indexOf(word, place + word.length);
	}
	return places;
}

/** The object that a place of the file is in. */
function objectAround(file: Buffer, place: number): PdfObject | undefined {
	const from = file.lastIndexOf(' obj', place);
	const number = /(\d+)\s+0$/.exec(file.toString('latin1', Math.max(0, from - 20), from))?.[1];
	const end = file.indexOf('endobj', place);
	if (from < 0 || end < 0 || end - from > MOST_FONT || number === undefined) return undefined;
	return { number: Number(number), text: file.toString('latin1', from + ' obj'.length, end) };
}

/** A number in the dictionary of an object; NaN where it is another object's. */
const numberIn = (dictionary: string, key: string): number =>
	Number(new RegExp(`/${key}\\s+(\\d+)(?!\\s+\\d+\\s+R)`).exec(dictionary)?.[1]);

/** Unpacks a stream; undefined where it is broken, too large, or packed otherwise. */
function inflated(packed: Buffer): string | undefined {
	try {
		return inflateSync(packed, { maxOutputLength: MOST_UNPACKED }).toString('latin1');
	} catch {
		// PDFium mends such streams, or says what is wrong with them; here they are left as they are.
		return undefined;
	}
}

/** The objects of a group that is packed in a stream (`/ObjStm`). */
function unpack(file: Buffer, place: number): PdfObject[] {
	const begin = file.indexOf('stream', place);
	const dictionary = file.toString('latin1', file.lastIndexOf(' obj', place), begin);
	const [first, length] = [numberIn(dictionary, 'First'), numberIn(dictionary, 'Length')];
	if (!/\/Filter\s*\[?\s*\/FlateDecode/.test(dictionary)) return [];
	const data = file.indexOf('\n', begin) + 1;
	const text = length > 0 ? inflated(file.subarray(data, data + length)) : undefined;
	if (text === undefined || !(first > 0)) return [];
	const heads = [...text.slice(0, first).matchAll(/(\d+)\s+(\d+)/g)];
	return heads.map(([, number, from], index) => {
		const to = heads[index + 1]?.[2];
		const end = to === undefined ? text.length : first + Number(to);
		return { number: Number(number), text: text.slice(first + Number(from), end) };
	});
}

/** The fonts of Chinese, Japanese and Korean characters, in the open or packed. */
function* fonts(file: Buffer): Generator<PdfObject> {
	for (const place of placesOf(file, '/CIDFontType')) {
		const object = objectAround(file, place);
		if (object !== undefined) yield object;
	}
	for (const place of placesOf(file, '/ObjStm')) {
		yield* unpack(file, place).filter(
			({ text }) => text.length <= MOST_FONT && text.includes('/CIDFontType'),
		);
	}
}

/** Where the array ends whose content begins at a place; -1 where it doesn't. */
function endOfArray(text: string, from: number): number {
	let open = 1;
	for (let at = from; at < text.length; at += 1) {
		if (text[at] === '[') open += 1;
		if (text[at] === ']') open -= 1;
		if (open === 0) return at;
	}
	return -1;
}

/** The font with a shorter list of widths; undefined where there is nothing to shorten. */
function lighterFont({ number, text }: PdfObject): PdfObject | undefined {
	const begin = /\/W\s*\[/.exec(text);
	if (begin === null) return undefined;
	const from = begin.index + begin[0].length;
	const to = endOfArray(text, from);
	const shorter = to < 0 ? undefined : shorterWidths(text.slice(from, to));
	if (shorter === undefined) return undefined;
	return { number, text: text.slice(0, from) + shorter + text.slice(to) };
}

/** A cross-reference of some objects, of the kind that the file has. */
function crossReference(trailer: Trailer, places: ReadonlyMap<number, number>, at: number): string {
	const { isStream, size, references, offset } = trailer;
	const entries = [...places];
	if (!isStream) {
		const table = entries.map(
			([number, place]) => `${number} 1\n${String(place).padStart(10, '0')} 00000 n \n`,
		);
		return `xref\n${table.join('')}trailer\n<< /Size ${size} ${references} /Prev ${offset} >>\n`;
	}
	// Kind, place and generation of each, in hexadecimal digits: 1, 4 and 1 bytes.
	const rows = [...entries, [size, at] as const].map(([, place]) => {
		return `01${place.toString(16).padStart(8, '0')}00`;
	});
	const index = [...entries.map(([number]) => `${number} 1`), `${size} 1`].join(' ');
	const data = `${rows.join('')}>`;
	return (
		`${size} 0 obj\n<< /Type /XRef /Size ${size + 1} ${references} /Prev ${offset} ` +
		`/W [1 4 1] /Index [${index}] /Filter /ASCIIHexDecode /Length ${data.length} >>\n` +
		`stream\n${data}\nendstream\nendobj\n`
	);
}

/**
 * What has to be appended to a file for PDFium to read it fast; empty where that changes nothing, or
 * where the file is built in a way that isn't safe to update.
 */
export function lightening(bytes: Uint8Array): Buffer {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const nothing = Buffer.alloc(0);
	const trailer = file.length < LEAST_FILE ? undefined : trailerOf(file);
	if (trailer === undefined) return nothing;
	const places = new Map<number, number>();
	let update = '\n';
	for (const font of fonts(file)) {
		const lighter = lighterFont(font);
		if (lighter === undefined) continue;
		places.set(lighter.number, file.length + update.length);
		update += `${lighter.number} 0 obj\n${lighter.text}\nendobj\n`;
	}
	if (places.size === 0) return nothing;
	const at = file.length + update.length;
	update += `${crossReference(trailer, places, at)}startxref\n${at}\n%%EOF\n`;
	return Buffer.from(update, 'latin1');
}
