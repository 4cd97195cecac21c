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

test('no candidates is answered 400 with a detail', async () => {
	const { status, body } = await server.post('/select', { candidates: [], strategy: 'vote' });
	expect(status).toBe(400);
	expect(body.detail).toEqual(expect.stringContaining('candidates'));
});
