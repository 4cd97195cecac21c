import { Parser } from 'commonmark';
import fc from 'fast-check';
import { ArtificerClient } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { anyText, type Block } from './fixtures/documents';

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer();
	client = new ArtificerClient(server.address);
});

afterAll(async () => {
	client.close();
	await server.stop();
});

async function markdownOf(content: Block[]): Promise<string> {
	const request = { document: { content } };
	return String((await client.call('ConversionService/ExportMarkdown', request)).markdown);
}

/** Each character that is no white space, with the marks it has, in the order of their names. */
type Letters = string[];

const lettersOf = (text: string, marks: readonly string[]): Letters =>
	[...text.replace(/\s+/g, '')].map((letter) => [letter, ...new Set(marks)].sort().join(' '));

/** The marks that are written as HTML where Markdown can't say them. */
const TAGS: Readonly<Record<string, string>> = { strong: 'strong', em: 'em', code: 'code' };

/** What CommonMark's own parser reads, which is not the one of the server. */
function read(markdown: string): Letters {
	const letters: Letters = [];
	const open: string[] = [];
	const walker = new Parser().parse(markdown).walker();
	for (let event = walker.next(); event; event = walker.next()) {
		const { node, entering } = event;
		const mark = { strong: 'strong', emph: 'em', link: `link:${node.destination ?? ''}` }[
			node.type as string
		];
		const [, slash, tag = ''] = /^<(\/?)(\w+)>$/.exec(node.literal ?? '') ?? [];
		const tagMark = node.type === 'html_inline' ? TAGS[tag] : undefined;
		if (mark !== undefined && entering) open.push(mark);
		else if (mark !== undefined || (tagMark !== undefined && slash === '/')) {
			open.splice(open.lastIndexOf(mark ?? tagMark ?? ''), 1);
		} else if (tagMark !== undefined) open.push(tagMark);
		else if (node.type === 'code')
			letters.push(...lettersOf(node.literal ?? '', [...open, 'code']));
		else letters.push(...lettersOf(node.literal ?? '', open));
	}
	return letters;
}

const anyBlock = fc.record({
	style: fc.constantFrom('normal', 'h2'),
	spans: fc.array(fc.record({ text: anyText, marks: fc.subarray(['strong', 'em', 'code', 'k']) }), {
		minLength: 1,
		maxLength: 4,
	}),
});

const HREF = 'https://a.example/b';

// Breaks when text is written so that it means something else to other readers of Markdown than the
// server, which would read its own mistakes as it wrote them.
test('Markdown that comes out says the same to CommonMark’s own parser', async () => {
	await fc.assert(
		fc.asyncProperty(anyBlock, async ({ style, spans }) => {
			const mark_defs = [{ key: 'k', type: 'link', href: HREF }];
			// Parted by a space, which no mark covers: marks within words are another matter.
			const children = spans.flatMap((span) => [
				{ type: 'span' as const, ...span },
				{ type: 'span' as const, text: ' ', marks: [] },
			]);
			const markdown = await markdownOf([{ type: 'block', style, children, mark_defs }]);
			const expected = spans.flatMap(({ text, marks }) =>
				lettersOf(
					text,
					marks.map((mark) => (mark === 'k' ? `link:${HREF}` : mark)),
				),
			);
			expect({ markdown, letters: read(markdown) }).toEqual({ markdown, letters: expected });
		}),
		{ numRuns: 300 },
	);
});

// Breaks when one of these is not escaped where a person would do it: the server then falls back to
// escaping all punctuation, which is right but hard to read.
test.each(['*b*', '_b_', '`b`', '[b](c)', '![b](c)', '~~b~~', '<b>', '&amp;', '\\b', 'http://b.c'])(
	'only what has to be is escaped around %s',
	async (text) => {
		const sentence = `A, "quoted" (sentence) with ${text} - in it; done.`;
		const children = [{ type: 'span' as const, text: sentence, marks: [] }];
		const markdown = await markdownOf([{ type: 'block', style: 'normal', children }]);
		expect(read(markdown)).toEqual(lettersOf(sentence, []));
		expect(markdown).toMatch(/^A, "quoted" \(sentence\) with .* - in it; done\.\n$/);
	},
);
