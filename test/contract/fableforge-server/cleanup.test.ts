import fc from 'fast-check';
import { FableForgeServer } from '../support/fableforgeServer';

let server: FableForgeServer;
beforeAll(async () => {
	server = await FableForgeServer.start();
});
afterAll(async () => {
	await server.stop();
});

interface Cleaned {
	cleaned_text: string;
	changes: string[];
}

async function clean(text: string): Promise<Cleaned> {
	return (await server.post('/cleanup', { text })).body as unknown as Cleaned;
}

test.each([
	['composed from parts (NFC)', '\u1112\u1161\u11AB e\u0301', '한 é', /NFC/],
	['full-width letters and digits', 'Ａｂｃ１２', 'Abc12', /1 place/],
	['half-width katakana, its sound marks included', 'ｶﾞｷﾞ ﾊﾟ', 'ガギ パ', /2 places/],
	['invisible characters', 'a\u200Bb\uFEFFc\u00ADd\u0007e', 'abcde', /4 invisible/],
	['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd', /3 line ends/],
	['white space', 'a\t\u00A0b\u3000c', 'a b c', /2 stretches/],
	['space before punctuation', '안녕 . 왜 ?', '안녕. 왜?', /2 places/],
	['rows of full stops', '음.... 그래。。。', '음… 그래……', /2 rows/],
	['empty lines', '\n\na\n\n\n\nb\n', 'a\n\nb', /empty lines/],
])('cleans %s and says so', async (_, text, cleaned, said) => {
	const { cleaned_text: answer, changes } = await clean(text);
	expect(answer).toBe(cleaned);
	expect(changes.some((change) => said.test(change))).toBe(true);
});

test.each([
	['emoji that are joined', '👨‍👩‍👧 ❤️'],
	['full-width punctuation', '你好，世界！「はい」（笑）'],
	['numbers and addresses', '3.14, a.b@c.de, 1.2.3'],
	['two full stops', 'a.. b'],
	['right-to-left text with its marks', 'שלום\u200F!'],
])('leaves %s alone', async (_, text) => {
	expect(await clean(text)).toMatchObject({ cleaned_text: text, changes: [] });
});

test('what was cleaned is clean, whatever it was before', async () => {
	const awkward = fc.constantFrom(
		...[' ', '\t', '\n', '\r\n', '\u2028', '\u3000', '\u200B', '.', '。', '…', '!', ',', '・'],
		...['Ａ', 'ｶ', 'ﾞ', '\u3099', 'e', '\u0301', '\u1112', '\u1161', '가', '漢', '\u212B', '😀'],
	);
	const text = fc.oneof(
		fc.array(awkward, { maxLength: 20 }).map((parts) => parts.join('')),
		fc.string({ unit: 'binary', maxLength: 30 }),
	);
	await fc.assert(
		fc.asyncProperty(text, async (original) => {
			const once = await clean(original);
			const twice = await clean(once.cleaned_text);
			expect(twice).toMatchObject({ cleaned_text: once.cleaned_text, changes: [] });
			expect(once.changes.length > 0).toBe(once.cleaned_text !== original);
		}),
		{ numRuns: 500, seed: 7 },
	);
});
