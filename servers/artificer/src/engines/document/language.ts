import { type Document, plainText } from './portableText.js';

/** Scripts that tell a language well enough for a screen reader; Japanese before Chinese: it has both. */
const SCRIPTS: readonly [RegExp, string][] = [
	[/\p{Script=Hangul}/gu, 'ko'],
	[/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
	[/\p{Script=Han}/gu, 'zh'],
	[/\p{Script=Thai}/gu, 'th'],
	[/\p{Script=Hebrew}/gu, 'he'],
	[/\p{Script=Arabic}/gu, 'ar'],
	[/\p{Script=Greek}/gu, 'el'],
	[/\p{Script=Devanagari}/gu, 'hi'],
	[/\p{Script=Cyrillic}/gu, 'ru'],
];

/** The language where nothing says another. */
const OTHERWISE = 'en';
/** So many characters from the beginning are looked at: enough to tell a quote from the text. */
const LOOKED_AT = 2000;
/** A script counts when it has this share of the letters; a foreign name or two has less. */
const SHARE = 0.2;

const WELL_FORMED = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

function beginning({ content }: Document): string {
	let text = '';
	for (const { children } of content) {
		if (text.length >= LOOKED_AT) break;
		text += plainText(children);
	}
	return text.slice(0, LOOKED_AT);
}

/** A document's language as a tag: what its metadata says, else what its script tells. */
export function languageOf(document: Document): string {
	const tag = document.metadata['lang'] ?? document.metadata['language'] ?? '';
	if (WELL_FORMED.test(tag)) return tag;
	const text = beginning(document);
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	const found = SCRIPTS.find(([script]) => (text.match(script)?.length ?? 0) > SHARE * letters);
	return found?.[1] ?? OTHERWISE;
}
