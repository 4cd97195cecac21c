// @ts-check
import { englishWords, koreanWords } from '../support/words.mjs';

/**
 * @typedef {object} Engine one kind of work
 * @property {string} name with the size of its text
 * @property {string} endpoint
 * @property {(number: number) => any} body of the request of that number
 * @property {(body: any) => unknown} run the engine itself on such a body
 * @property {(answer: any) => boolean} proves whether an answer is a result
 */

/** Candidates for a selection, as five specialists give them. */
const candidatesCount = 5;
/** Characters of the texts: a chapter to clean and to tag, a long scene to select. */
const [chapter, scene] = [20_000, 4000];

const japanese = '昨日、東京へ行きました。天気がとても良かったので、友達と公園を散歩しました。';
const chinese = '我昨天去了北京。天气非常好，所以我和朋友一起在公园里散步。';

/**
 * The engines of the built server, with what they are given.
 *
 * @returns {Promise<Engine[]>}
 */
export async function engines() {
	const { clean } = await load('cleanup/clean.js');
	const { tag } = await load('tagging/tag.js');
	const { score } = await load('selection/strategies.js');
	const { agreement } = await load('selection/agreement.js');
	const korean = textOf(koreanWords(), chapter);
	const texts = { kor: korean, jpn: repeated(japanese), chi: repeated(chinese) };
	const untidy = korean.replace(/ /g, '\u3000 ').replace(/가/g, '가\u200b');
	const tagging = Object.entries(texts).map(([language, text]) => ({
		name: `Tagging ${text.length} characters, ${language}`,
		endpoint: '/tag',
		body: () => ({ text, language }),
		run: async () => await tag(text, language),
		proves: (/** @type {any} */ { tags }) => tags.length > 0,
	}));
	const selecting = ['vote', 'quality_score', 'ensemble'].map((strategy) => ({
		name: `Selecting one of ${candidatesCount} texts of ${scene} characters, ${strategy}`,
		endpoint: '/select',
		body: () => ({ candidates: candidates(), strategy }),
		run: async (/** @type {any} */ body) => await score(body.candidates, strategy, agreement),
		proves: (/** @type {any} */ { candidates_count: count }) => count === candidatesCount,
	}));
	return [
		{
			name: `Cleaning ${untidy.length} characters`,
			endpoint: '/cleanup',
			body: () => ({ text: untidy }),
			run: ({ text }) => clean(text),
			proves: ({ changes }) => changes.length > 0,
		},
		...tagging,
		...selecting,
	];
}

/** @param {string} file in the built server */
async function load(file) {
	const folder = new URL('../../servers/fableforge/dist/', import.meta.url);
	return await import(new URL(file, folder).href);
}

/**
 * @param {Generator<string, never>} words
 * @param {number} length
 */
function textOf(words, length) {
	let text = '';
	while (text.length < length) text += `${words.next().value} `;
	return text.slice(0, length);
}

/** @param {string} sentence */
function repeated(sentence) {
	return sentence.repeat(Math.ceil(chapter / sentence.length)).slice(0, chapter);
}

/** Texts that have most in common and differ here and there. */
function candidates() {
	return Array.from({ length: candidatesCount }, (_, number) => ({
		refined_text: textOf(englishWords(), scene).replace(/ \w{3} /g, ` ${number} `),
		confidence: 0.5 + number / 10,
	}));
}
