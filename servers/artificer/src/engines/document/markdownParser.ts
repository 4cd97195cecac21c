import MarkdownIt from 'markdown-it';
import { memoryGuard } from '../memoryGuard.js';

/** Lists and quotes nest up to this depth; deeper ones stay text. */
const MAX_NESTING = 100;

/** CommonMark, tables, strike-through and autolinks; lists' task boxes stay text. */
export const markdownParser = new MarkdownIt({
	html: true,
	linkify: true,
	maxNesting: MAX_NESTING,
});
// The document keeps targets as the author wrote them; what is unsafe is refused by the builder.
markdownParser.normalizeLink = (url) => url;
markdownParser.normalizeLinkText = (text) => text;
markdownParser.validateLink = () => true;
// As GFM: "www." and protocols, and e-mail addresses, but no bare domain names.
markdownParser.linkify.set({ fuzzyLink: false, fuzzyIP: false });
markdownParser.linkify.add('www.', {
	validate: (text, position) =>
		/^[^\s<>"']+\.[^\s<>"']*[^\s<>"'.,;:!?)\]]/.exec(text.slice(position, position + 2048))?.[0]
			.length ?? 0,
	normalize: (match) => {
		match.url = `http://${match.url}`;
	},
});

// Rules that match nothing, but are asked first at every block and at every piece of text.
const guard = memoryGuard();
const neverMatches = (): boolean => {
	guard();
	return false;
};
markdownParser.block.ruler.before('table', 'memory', neverMatches);
markdownParser.inline.ruler.before('text', 'memory', neverMatches);
