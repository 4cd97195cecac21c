import { fields, token } from './files';
import {
	jsonOf,
	reasonOf,
	succeeded,
	withFailingSpecialists,
	withoutServices,
	type Live,
} from './live';

const five = ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'];

/** What a translation's result has, by the contract. */
const whole = {
	final_translation: expect.objectContaining({ refined_text: expect.any(String) }),
	metadata: {
		language: 'kor',
		input_length: 18,
		specialists_attempted: 5,
		specialists_succeeded: 5,
		specialists_failed: 0,
		successful_specialists: expect.arrayContaining(five),
		failed_specialists: [],
		selection_strategy: 'ensemble',
	},
	all_candidates: expect.arrayContaining(
		five.map((specialist) => ({
			specialist,
			status: 'success',
			result: expect.objectContaining({ specialist, refined_text: expect.any(String) }),
		})),
	),
	failures: [],
};

export function translationCases(live: () => Live) {
	const pipelines = ['translation-pipeline', 'translation-simple', 'translation-visual-fan-out'];

	it.each(pipelines)(
		'%s: the result has the names of the contract; broken by a name that is changed',
		async (id) => {
			const run = succeeded(await live().run(id));
			expect(jsonOf(run, 'Result')).toEqual([whole]);
		},
	);

	it.each([
		['translation-pipeline', 3],
		['translation-simple', 5],
		['translation-visual-fan-out', 3],
	])(
		'%s: a missed quorum stops the run and names who failed; broken by another quorum',
		async (id, needed) => {
			const reason = reasonOf(await live().run(id, withFailingSpecialists));
			expect(reason).toContain(`Only 0/5 specialists succeeded, need at least ${needed}. Failed: `);
			for (const specialist of five) expect(reason).toContain(specialist);
		},
	);

	it.each(pipelines)(
		'%s: a FableForge that is gone stops the run at its first call; broken by a run that goes on without',
		async (id) => {
			const run = await live().run(id, withoutServices);
			expect(reasonOf(run)).toMatch(/FableForge|127\.0\.0\.1:1/);
			expect(run.data.resultData.lastNodeExecuted).toBe('Clean Up');
		},
	);

	it('translation-pipeline: an empty text is refused in one sentence; broken by a text that is made up', async () => {
		const text = { document_id: 'x', text: '', language: 'kor', quorum: 3, strategy: 'vote' };
		const run = await live().run('translation-pipeline', {
			parameters: { Settings: fields(text) },
		});
		expect(reasonOf(run)).toContain('Text is empty');
	});

	it('batch-translation: one result a document, and a bad one stops no other; broken by a node that does not go on', async () => {
		const documents = [
			{ document_id: 'good', text: '안녕하세요.', language: 'kor' },
			{ document_id: 'empty', text: '', language: 'kor' },
			{ document_id: 'odd', text: '안녕하세요.', language: 'klingon' },
			{ document_id: 'late', text: '我喜欢看书。', language: 'chi' },
		];
		const run = succeeded(
			await live().run('batch-translation', {
				parameters: { 'Sample Documents': fields({ documents }) },
			}),
		);
		const results = jsonOf(run, 'Results');
		expect(results).toHaveLength(4);
		const byId = new Map(results.map((result) => [result.document_id, result]));
		expect(byId.get('good')).toEqual({
			document_id: 'good',
			status: 'success',
			result: expect.objectContaining({ failures: [] }),
		});
		expect(byId.get('late')).toMatchObject({ result: { metadata: { language: 'chi' } } });
		expect(byId.get('empty')).toMatchObject({
			status: 'failed',
			error: expect.stringContaining('Text is empty'),
		});
		expect(byId.get('odd')).toEqual({
			document_id: 'odd',
			status: 'failed',
			error: expect.any(String),
		});
	});

	it('batch-translation: each document tells of its own missed quorum; broken by an account for all', async () => {
		const run = succeeded(await live().run('batch-translation', withFailingSpecialists));
		const results = jsonOf(run, 'Results');
		expect(results.map(({ document_id }) => document_id).sort()).toEqual([
			'greeting',
			'reading',
			'weather',
		]);
		for (const { status, error } of results) {
			expect(status).toBe('failed');
			expect(error).toContain('Only 0/5 specialists succeeded, need at least 3. Failed: ');
		}
	});

	describe('translation-api', () => {
		const post = async (workflow: string, body: unknown, headers: Record<string, string> = token) =>
			await fetch(`${live().n8n.address}/webhook/${workflow}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: typeof body === 'string' ? body : JSON.stringify(body),
			});

		/** Live under a path of its own. */
		const open = async (path: string, choices = {}) => {
			const parameters = { 'Translation Request': { path } };
			await live().activate('translation-api', { ...choices, parameters });
			return path;
		};

		it('gives each of 50 requests at once its own translation; broken by an answer that goes to another', async () => {
			const path = await open('translate');
			const answers = await Promise.all(
				Array.from({ length: 50 }, async (_, place) => {
					const response = await post(path, {
						text: `안녕하세요 ${1000 + place}.`,
						document_id: place,
					});
					return { status: response.status, text: await response.text() };
				}),
			);
			expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
			answers.forEach(({ text }, place) => {
				const { metadata, all_candidates, final_translation } = JSON.parse(text) as Record<
					string,
					never
				>;
				expect(metadata).toMatchObject({ specialists_succeeded: 5 });
				const numbers = JSON.stringify([all_candidates, final_translation]).match(/1\d{3}(?=\b)/g);
				expect(new Set(numbers)).toEqual(new Set([String(1000 + place)]));
			});
		});

		it('answers 400 with all that is wrong, and strangers not at all; broken by a check, or a token, that is left out', async () => {
			const path = await open('translate-wrong');
			const wrong = { document_id: {}, language: 'eng', quorum: 9, strategy: 'luck' };
			const response = await post(path, wrong);
			expect(response.status).toBe(400);
			expect(await response.json()).toEqual({
				error: expect.any(String),
				problems: ['document_id', 'text', 'language', 'quorum', 'strategy'].map((field) =>
					expect.stringMatching(new RegExp(`^${field} `)),
				),
			});
			expect((await post(path, {})).status).toBe(400);
			expect((await post(path, '[]')).status).toBe(400);
			const long = await post(path, { text: 'x'.repeat(100_001) });
			expect([long.status, await long.json()]).toEqual([
				400,
				expect.objectContaining({ problems: [expect.stringContaining('send it in parts')] }),
			]);
			expect((await post(path, '{ no json')).status).toBeGreaterThanOrEqual(400);
			expect((await post(path, '{ no json')).status).toBeLessThan(500);
			expect((await post(path, { text: '네' }, {})).status).toBe(403);
			expect((await post(path, { text: '네' }, { 'x-token': 'guessed' })).status).toBe(403);
		});

		it('answers 502 with the account when the quorum is missed, and when FableForge is gone; broken by a failure that is answered 200 or 500', async () => {
			const missed = await post(await open('translate-missed', withFailingSpecialists), {
				text: '네',
			});
			expect(missed.status).toBe(502);
			expect(await missed.json()).toMatchObject({
				error: expect.stringContaining('Only 0/5 specialists succeeded, need at least 3'),
				quorum: { reached: false, attempted: 5, succeeded: 0 },
				failures: expect.arrayContaining([{ specialist: 'prose', error: expect.any(String) }]),
			});
			const gone = await post(await open('translate-gone', withoutServices), { text: '네' });
			expect(gone.status).toBe(502);
			expect(await gone.json()).toEqual({ error: expect.stringContaining('127.0.0.1:1') });
		});
	});
}
