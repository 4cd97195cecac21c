// @ts-check

/**
 * @typedef {import('./run-data.mjs').RunData} RunData
 */

/**
 * The item that carries a run's result: of the last node that gave one with one of these keys.
 *
 * @param {RunData} data
 * @param {string} key a field of `json` that tells the result
 * @returns {{ json: Record<string, any>, binary?: Record<string, any> } | undefined}
 */
export function resultWith({ resultData }, key) {
	const runs = Object.values(resultData.runData).flat();
	const latestFirst = runs.sort(
		(a, b) => b.startTime + b.executionTime - (a.startTime + a.executionTime),
	);
	for (const run of latestFirst) {
		const items = (run.data?.main ?? []).flatMap((output) => output ?? []);
		const found = items.find(({ json }) => key in json);
		if (found) return found;
	}
	return undefined;
}

/**
 * Why a run failed, for people.
 *
 * @param {RunData} data
 * @returns {string}
 */
export function reasonOf({ resultData: { error } }) {
	if (!error) return 'n8n names no reason';
	const where = error.node?.name ? `«${error.node.name}»: ` : '';
	return `${where}${error.message}${error.description ? ` (${error.description})` : ''}`;
}

/**
 * Whether an HTML page shows these texts, in this order. White space doesn't count: where a line of
 * a PDF breaks is the PDF's business.
 *
 * @param {string} html
 * @param {string[]} texts
 * @returns {{ missing: string | undefined }} the first text that isn't there, or not in its place
 */
export function showsInOrder(html, texts) {
	const shown = bare(textOf(html));
	let from = 0;
	for (const text of texts) {
		const found = shown.indexOf(bare(text), from);
		if (found < 0) return { missing: text };
		from = found + bare(text).length;
	}
	return { missing: undefined };
}

const named = new Map([
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
	['nbsp', ' '],
]);

/** @param {string} html */
function textOf(html) {
	return html
		.replace(/<(style|script|title)\b.*?<\/\1>/gis, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, digits) =>
			String.fromCodePoint(parseInt(digits, hex ? 16 : 10)),
		)
		.replace(/&(lt|gt|quot|apos|nbsp);/g, (_, name) => named.get(name) ?? '')
		.replace(/&amp;/g, '&');
}

/** @param {string} text */
function bare(text) {
	return text.normalize('NFC').replace(/\s+/g, '');
}

/**
 * What is wrong with a translation's result, by the contract's names; nothing when it is right.
 *
 * @param {Record<string, any>} result
 * @param {{ language: string, specialists: number, quorum: number }} wanted
 * @returns {string | undefined}
 */
export function wrongInTranslation(
	{ final_translation, metadata = {} },
	{ language, specialists, quorum },
) {
	const {
		specialists_attempted: attempted,
		specialists_succeeded: succeeded,
		specialists_failed: failed,
	} = metadata;
	if (typeof final_translation?.refined_text !== 'string' || !final_translation.refined_text) {
		return 'final_translation.refined_text is empty';
	}
	if (metadata.language !== language)
		return `metadata.language is ${metadata.language} instead of ${language}`;
	if (attempted !== specialists)
		return `metadata.specialists_attempted is ${attempted} instead of ${specialists}`;
	if (!(succeeded >= quorum))
		return `metadata.specialists_succeeded is ${succeeded}, less than ${quorum}`;
	if (succeeded + failed !== attempted)
		return `${succeeded} succeeded and ${failed} failed of ${attempted}`;
	if (!metadata.selection_strategy) return 'metadata.selection_strategy is missing';
	return undefined;
}
