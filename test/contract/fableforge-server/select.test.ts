import { FableForgeServer } from '../support/fableforgeServer';

let server: FableForgeServer;
beforeAll(async () => {
	server = await FableForgeServer.start();
});
afterAll(async () => {
	await server.stop();
});

const candidates = [
	{ refined_text: 'The cat sat on the mat.', specialist: 'prose', confidence: 0.5 },
	{ refined_text: 'Entirely other words here', specialist: 'cultural', confidence: 0.9 },
	{ refined_text: 'The cat sat  on the mat.', specialist: 'dialogue', confidence: 0.6, tokens: 7 },
	{ refined_text: 'A cat sat on a mat.', specialist: 'fluency', confidence: 0.7 },
];

test('quality_score picks the highest confidence', async () => {
	const { body } = await server.post('/select', { candidates, strategy: 'quality_score' });
	expect(body).toMatchObject({ strategy: 'quality_score', candidates_count: 4 });
	expect(body.selected).toEqual({
		...candidates[1],
		method: 'quality_score',
		scores: [0.5, 0.9, 0.6, 0.7],
	});
});

test('vote picks the most frequent text, white space and case apart, and the surest of equals', async () => {
	const { body } = await server.post('/select', { candidates, strategy: 'vote' });
	expect(body.selected).toEqual({ ...candidates[2], method: 'vote', scores: [2, 1, 2, 1] });
});

test('ensemble is the default and picks what agrees most with the others', async () => {
	const { body } = await server.post('/select', { candidates });
	expect(body.strategy).toBe('ensemble');
	const { specialist, scores } = body.selected as { specialist: string; scores: number[] };
	expect(['prose', 'dialogue']).toContain(specialist);
	expect(scores[1]).toBe(Math.min(...scores));
	expect(scores[0]).toBe(scores[2]);
});

describe('chrF equals sacreBLEU', () => {
	const risk = [
		'risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists .',
		'risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists .',
	];
	const relation = [
		'Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.',
		'Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.',
	];
	const lives = [
		'Lapali po dechu, jejich životy skončily dřív, než skutečně začaly.',
		'Lapali po dechu a pak jejich život skončil - dřív, než skutečně mohl začít, připomněli.',
	];

	// The sentences are those of sacreBLEU's own tests. The first four scores are published there for
	// the same settings («effective order»); the others are what sacreBLEU 2.6.0 gave for its default
	// settings (chrF2|nc:6|nw:0|space:no|eff:yes), each text in turn as hypothesis.
	test.each([
		['a', 'a', 100, 100],
		['a b c', 'abc', 100, 100],
		['aa', 'ab', 25, 25],
		['', 'reference', 0, 0],
		['abcdefg', 'hijklmnop', 0, 0],
		[...risk, 63.43165368117263, 63.854456461851896],
		[...relation, 64.818123726097, 69.27642981189268],
		[...lives, 57.157427512824064, 66.61811345977213],
		[
			'안녕하세요, 이것은 테스트입니다.',
			'안녕하십니까, 이것은 시험입니다.',
			28.863705738705736,
			28.863705738705736,
		],
		['昨日、東京へ行きました。', '昨日は東京に行った。😀', 15.318666161265188, 14.516668163358979],
	] as [string, string, number, number][])('%j and %j', async (one, other, forth, back) => {
		const body = { candidates: [{ refined_text: one }, { refined_text: other }] };
		const { selected } = (await server.post('/select', body)).body as {
			selected: { scores: [number, number] };
		};
		expect(selected.scores[0]).toBeCloseTo(forth, 10);
		expect(selected.scores[1]).toBeCloseTo(back, 10);
	});
});

test('a candidate alone is selected', async () => {
	const { body } = await server.post('/select', {
		candidates: [{ refined_text: 'a', extra: [1] }],
	});
	expect(body.selected).toEqual({
		refined_text: 'a',
		extra: [1],
		method: 'ensemble',
		scores: [100],
	});
});

test('no candidates is answered 400 with a detail', async () => {
	const { status, body } = await server.post('/select', { candidates: [], strategy: 'vote' });
	expect(status).toBe(400);
	expect(body.detail).toEqual(expect.stringContaining('candidates'));
});
