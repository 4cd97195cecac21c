import { agreement } from '../selection/agreement.js';
import { tag as tagText, type TaggedText } from '../tagging/tag.js';
import type { Language } from '../tagging/morpheme.js';

/** What a worker thread does for `/tag`. */
export function tag({ text, language }: TagTask): Promise<TaggedText> {
	return tagText(text, language);
}

/** What a worker thread does for `/select`. */
export function agree({ texts }: AgreeTask): number[] {
	return agreement(texts);
}

/** A text to annotate. */
export interface TagTask {
	text: string;
	language: Language;
}

/** Texts whose agreement is asked for. */
export interface AgreeTask {
	texts: string[];
}
