import { callSandbox } from './support/inNode';

const shows = async (html: string, texts: string[]) =>
	await callSandbox<{ missing?: string }>('results.mjs', 'showsInOrder', html, texts);

describe('whether a page shows the texts of a PDF', () => {
	const page =
		'<title>B</title><p>A &amp;<br>one</p><ul><li>안녕하세요 «&#x5b;»</li></ul><p>line\nbreak</p>';

	it('is yes when all are there in order, whatever breaks the lines; broken by markup or entities that count', async () => {
		expect(await shows(page, ['A & one', '안녕하세요 «[»', 'line break'])).toEqual({});
	});

	it('is no when two have changed places; broken by a search that begins anew for each', async () => {
		expect(await shows(page, ['line break', 'A & one'])).toEqual({ missing: 'A & one' });
	});

	it('is no when Korean came out damaged; broken by a comparison that drops what it does not know', async () => {
		expect(await shows(page.replace('안녕', '??'), ['안녕하세요'])).toEqual({
			missing: '안녕하세요',
		});
	});

	it('is no when a text stands in the title alone; broken by a title that counts as text', async () => {
		expect(await shows(page, ['B'])).toEqual({ missing: 'B' });
	});
});

describe('whether a translation is right', () => {
	const right = {
		final_translation: { refined_text: 'x' },
		metadata: {
			language: 'kor',
			specialists_attempted: 5,
			specialists_succeeded: 4,
			specialists_failed: 1,
			selection_strategy: 'ensemble',
		},
	};
	const wrongIn = async (result: object) =>
		await callSandbox<string | undefined>('results.mjs', 'wrongInTranslation', result, {
			language: 'kor',
			specialists: 5,
			quorum: 3,
		});

	it('is yes when every account adds up; broken by a check that is too strict', async () => {
		expect(await wrongIn(right)).toBeUndefined();
	});

	it.each([
		['final_translation', { final_translation: { refined_text: '' } }],
		['language', { metadata: { ...right.metadata, language: 'jpn' } }],
		['attempted', { metadata: { ...right.metadata, specialists_attempted: 1 } }],
		[
			'succeeded',
			{ metadata: { ...right.metadata, specialists_succeeded: 2, specialists_failed: 3 } },
		],
		['failed', { metadata: { ...right.metadata, specialists_failed: 0 } }],
		['selection_strategy', { metadata: { ...right.metadata, selection_strategy: '' } }],
	])('is no when %s is wrong; broken by a check that leaves it out', async (name, change) => {
		expect(await wrongIn({ ...right, ...change })).toContain(name);
	});
});
