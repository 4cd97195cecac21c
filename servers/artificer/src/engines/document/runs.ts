import { memoryGuard } from '../memoryGuard.js';
import type { MarkDefinition, Span } from './portableText.js';
import { isDecorator } from './portableText.js';
import { isSafeLink } from './urls.js';

/** A mark with all that is needed to write it. */
export type ResolvedMark = { kind: 'decorator'; name: string } | { kind: 'link'; href: string };

/** Inline content as a tree: text, or a mark around more content. */
export type Run = { text: string } | { mark: ResolvedMark; children: Run[] };

const same = (a: ResolvedMark, b: ResolvedMark): boolean =>
	a.kind === 'link'
		? b.kind === 'link' && a.href === b.href
		: b.kind === 'decorator' && a.name === b.name;

function resolve(mark: string, definitions: readonly MarkDefinition[]): ResolvedMark | undefined {
	if (isDecorator(mark)) return { kind: 'decorator', name: mark };
	const definition = definitions.find(({ key, type }) => key === mark && type === 'link');
	if (definition === undefined || !isSafeLink(definition.href)) return undefined;
	return { kind: 'link', href: definition.href };
}

function resolveAll(span: Span, definitions: readonly MarkDefinition[]): ResolvedMark[] {
	const marks: ResolvedMark[] = [];
	for (const mark of span.marks) {
		const resolved = resolve(mark, definitions);
		const isNew = resolved !== undefined && !marks.some((other) => same(other, resolved));
		// A link within a link can be written in no format.
		const isSecondLink = resolved?.kind === 'link' && marks.some(({ kind }) => kind === 'link');
		if (isNew && !isSecondLink) marks.push(resolved);
	}
	// Code can hold no other mark in Markdown, so it is always the innermost.
	const isCode = (mark: ResolvedMark): boolean => mark.kind === 'decorator' && mark.name === 'code';
	return [...marks.filter((mark) => !isCode(mark)), ...marks.filter(isCode)];
}

/** All exporters write each of their spans by way of this, so that here is where memory is watched. */
const guard = memoryGuard();

/** Nests spans by their marks; marks that neighbours share from the outside in are written once. */
export function runsOf(spans: readonly Span[], definitions: readonly MarkDefinition[]): Run[] {
	const root: Run[] = [];
	const open: { mark: ResolvedMark; children: Run[] }[] = [];
	for (const span of spans) {
		guard();
		if (span.text === '') continue;
		const marks = resolveAll(span, definitions);
		let shared = 0;
		while (shared < open.length && shared < marks.length) {
			const [left, right] = [open[shared], marks[shared]];
			if (left === undefined || right === undefined || !same(left.mark, right)) break;
			shared += 1;
		}
		open.length = shared;
		for (const mark of marks.slice(shared)) {
			const run = { mark, children: [] };
			(open.at(-1)?.children ?? root).push(run);
			open.push(run);
		}
		(open.at(-1)?.children ?? root).push({ text: span.text });
	}
	return root;
}
