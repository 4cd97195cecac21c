import { FableForgeServer } from '../support/fableforgeServer';

const SPECIALISTS = ['cultural', 'prose', 'dialogue', 'narrative', 'fluency'];
const TEXTS = Array.from({ length: 20 }, (_, number) => `문장 ${number}`);

let running: FableForgeServer[] = [];
afterEach(async () => {
	await Promise.all(running.map((server) => server.stop()));
	running = [];
});

async function start(environment: Record<string, string>): Promise<FableForgeServer> {
	const server = await FableForgeServer.start(environment);
	running.push(server);
	return server;
}

async function refine(
	server: FableForgeServer,
	specialist: string,
	text: string,
	attempt?: number,
) {
	const headers: Record<string, string> = attempt ? { 'x-attempt': String(attempt) } : {};
	return await server.post('/refine', { context: { text, language: 'kor' }, specialist }, headers);
}

/** The status of every specialist's work on every text, asked for in the given order. */
async function outcomes(server: FableForgeServer, backwards = false): Promise<string[]> {
	const asked = SPECIALISTS.flatMap((specialist) => TEXTS.map((text) => ({ specialist, text })));
	if (backwards) asked.reverse();
	const answers = await Promise.all(
		asked.map(async ({ specialist, text }) => {
			const { status } = await refine(server, specialist, text, 1);
			return `${specialist} ${text} ${status}`;
		}),
	);
	return answers.sort();
}

test('an answer says that it is simulated and has the names of the contract', async () => {
	const { body } = await refine(await start({}), 'prose', '안녕');
	expect(body).toEqual({
		refined_text: expect.stringContaining('안녕'),
		specialist: 'prose',
		confidence: expect.any(Number),
		improvements: [expect.any(String)],
		engine: 'simulated',
		processing_time_ms: expect.any(Number),
	});
});

test('what /tag made is refined as the text that it was', async () => {
	const server = await start({});
	const text = '<b>안녕</b> & "끝"';
	const { body } = await server.post('/tag', { text, language: 'kor' });
	const tagged = String(body.tagged_text);
	expect((await refine(server, 'prose', tagged)).body.refined_text).toContain(text);
	// Markup of any other making is a text like any other.
	const other = tagged.replace('</tagged>', '<i>a</i></tagged>');
	expect((await refine(server, 'prose', other)).body.refined_text).toContain(other);
});

test('the same seed fails the same work in any order; another seed fails other work', async () => {
	const settings = { FABLEFORGE_FAILURE_RATE: '0.3', FABLEFORGE_SEED: 'one' };
	const first = await outcomes(await start(settings));
	expect(await outcomes(await start(settings), true)).toEqual(first);
	expect(await outcomes(await start({ ...settings, FABLEFORGE_SEED: 'two' }))).not.toEqual(first);
	const failed = first.filter((outcome) => outcome.endsWith('500')).length;
	expect(failed).toBeGreaterThan(10);
	expect(failed).toBeLessThan(60);
});

test('a failed specialist is named in the detail', async () => {
	const server = await start({ FABLEFORGE_FAILURE_RATE: '1' });
	const { status, body } = await refine(server, 'dialogue', 'a');
	expect(status).toBe(500);
	expect(body).toEqual({ detail: expect.stringContaining('dialogue') });
});

test('tries without a number are counted, and fare as numbered ones do', async () => {
	const settings = { FABLEFORGE_FAILURE_RATE: '0.5' };
	const [numbering, counting] = [await start(settings), await start(settings)];
	const numbered: number[] = [];
	const counted: number[] = [];
	for (let attempt = 1; attempt <= 12; attempt += 1) {
		numbered.push((await refine(numbering, 'prose', 'a', attempt)).status);
		counted.push((await refine(counting, 'prose', 'a')).status);
	}
	expect(counted).toEqual(numbered);
	expect(new Set(numbered)).toEqual(new Set([200, 500]));
});

test('delays are per specialist, and requests are worked on at once', async () => {
	const server = await start({ FABLEFORGE_DELAY_MS: 'cultural=400,prose=200-300' });
	await Promise.all(SPECIALISTS.map((specialist) => refine(server, specialist, 'a')));
	const lines = await server.waitForRequests(5);
	const took = Object.fromEntries(lines.map((line) => [line.specialist, line.duration_ms]));
	expect(took.cultural).toBeGreaterThanOrEqual(398);
	expect(took.prose).toBeGreaterThanOrEqual(198);
	expect(lines.at(-1)?.specialist).toBe('cultural');
	// All were there before the slow one ended: it was the only one to be logged last.
	expect(Math.max(...lines.map((line) => line.in_flight))).toBeGreaterThan(1);
});

test('a client that leaves ends its work at once, and the log says so', async () => {
	const server = await start({ FABLEFORGE_DELAY_MS: '600000', FABLEFORGE_MAX_REQUESTS: '1' });
	const leaving = new AbortController();
	const asked = fetch(`${server.url}/refine`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-attempt': '2' },
		body: JSON.stringify({ context: { text: 'a' }, specialist: 'fluency' }),
		signal: leaving.signal,
	});
	await server.waitUntilBusy();
	leaving.abort();
	await expect(asked).rejects.toThrow();
	const [line] = await server.waitForRequests(1, ({ endpoint }) => endpoint === '/refine');
	expect(line).toMatchObject({ specialist: 'fluency', attempt: 2, aborted: true, status: null });
	// Work that went on would hold the process for the ten minutes of its delay.
	expect(await server.stop()).toBe(0);
});
