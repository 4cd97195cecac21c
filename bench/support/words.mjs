// @ts-check

/** A document's own words differ: so many of either language are drawn from. */
const vocabulary = 2000;

/**
 * Words that look English, the same in every run.
 *
 * @returns {Generator<string, never>}
 */
export function* englishWords() {
	for (const number of numbers()) yield latinWord(number % vocabulary);
	throw new Error('There is no end of numbers');
}

/**
 * Korean words, the same in every run.
 *
 * @returns {Generator<string, never>}
 */
export function* koreanWords() {
	for (const number of numbers()) yield koreanWord(number % vocabulary);
	throw new Error('There is no end of numbers');
}

/**
 * Numbers without a pattern, the same in every run: a linear congruential generator (Numerical
 * Recipes).
 *
 * @returns {Generator<number, never>}
 */
function* numbers() {
	for (let state = 1; ;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state >>> 8;
	}
}

/** @param {number} number */
function latinWord(number) {
	const syllables = ['ka', 'ter', 'in', 'mo', 'ble', 'res', 'tion', 'fa', 'gu', 'sor', 'pe', 'lin'];
	const digits = number.toString(syllables.length).split('');
	return digits.map((digit) => syllables[Number.parseInt(digit, syllables.length)]).join('');
}

/**
 * Two syllables, of which Hangul has 11,172 from U+AC00 on; a document of ten pages has some hundred.
 *
 * @param {number} number
 */
function koreanWord(number) {
	return String.fromCodePoint(0xac00 + ((number * 13) % 700) * 16, 0xac00 + (number % 350) * 32);
}
