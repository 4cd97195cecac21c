import type { Analyser } from './morpheme.js';

/** Loads the analyser for Chinese, with its own dictionary: some 0.3 s and 60 MB. */
export async function loadJieba(): Promise<Analyser> {
	const { Jieba } = await import('@node-rs/jieba');
	const { dict } = await import('@node-rs/jieba/dict.js');
	const jieba = Jieba.withDict(dict);
	return (text) =>
		jieba
			.tag(text, true)
			.map(({ word, tag }) => ({ surface: word, tag: /^\s+$/.test(word) ? undefined : tag }));
}
