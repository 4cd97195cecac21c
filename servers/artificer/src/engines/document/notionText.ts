import type { RichTextItemResponse } from '@notionhq/client';
import type { MarkDefinition, Span } from './portableText.js';
import { type Run, runsOf } from './runs.js';

/** The Notion API's limits: characters of a text, texts in a block, characters of a URL. */
const MOST_CHARACTERS = 2000;
const MOST_TEXTS = 100;
const MOST_URL = 2000;

type Annotations = Partial<RichTextItemResponse['annotations']>;

/** A piece of text as the API takes it. */
export interface RichText {
	type: 'text';
	text: { content: string; link?: { url: string } };
	annotations?: Annotations;
}

const ANNOTATION: Readonly<Record<string, Annotations>> = {
	strong: { bold: true },
	em: { italic: true },
	code: { code: true },
	underline: { underline: true },
	'strike-through': { strikethrough: true },
};

/** The API takes absolute addresses only. */
export const isNotionUrl = (url: string): boolean =>
	url.length <= MOST_URL && /^(https?:\/\/|mailto:|tel:)[^\s]+$/i.test(url);

/** Cuts text to the API's length, never through a surrogate pair. */
function pieces(text: string): string[] {
	const result: string[] = [];
	for (let start = 0; start < text.length;) {
		const most = start + MOST_CHARACTERS;
		const isPair = most < text.length && /[\uD800-\uDBFF]/.test(text[most - 1] ?? '');
		const end = isPair ? most - 1 : most;
		result.push(text.slice(start, end));
		start = end;
	}
	return result;
}

function collect(
	runs: readonly Run[],
	annotations: Annotations,
	url: string | undefined,
): RichText[] {
	return runs.flatMap((run): RichText[] => {
		if (!('text' in run)) {
			const { mark, children } = run;
			if (mark.kind === 'link') {
				return collect(children, annotations, isNotionUrl(mark.href) ? mark.href : url);
			}
			return collect(children, { ...annotations, ...ANNOTATION[mark.name] }, url);
		}
		const extra = Object.keys(annotations).length === 0 ? {} : { annotations };
		return pieces(run.text).map((content) => ({
			type: 'text',
			text: url === undefined ? { content } : { content, link: { url } },
			...extra,
		}));
	});
}

/** Texts of a block, in groups that each fit into one; the first group is there even if empty. */
export function richTexts(
	spans: readonly Span[],
	definitions: readonly MarkDefinition[],
): RichText[][] {
	const all = collect(runsOf(spans, definitions), {}, undefined);
	const groups: RichText[][] = [all.slice(0, MOST_TEXTS)];
	for (let start = MOST_TEXTS; start < all.length; start += MOST_TEXTS) {
		groups.push(all.slice(start, start + MOST_TEXTS));
	}
	return groups;
}

/** Plain text in groups that each fit into one block. */
export const plainRichTexts = (text: string): RichText[][] =>
	richTexts([{ type: 'span', key: '', text, marks: [] }], []);
