import { request, type ClientRequest } from 'node:http';
import { FableForgeServer } from '../support/fableforgeServer';

let server: FableForgeServer;
let busy: FableForgeServer | undefined;
beforeAll(async () => {
	server = await FableForgeServer.start();
});
afterAll(async () => {
	await server.stop();
	// One that still works on what it should have given up would not stop by itself.
	await busy?.stop('SIGKILL');
});

interface Tagged {
	tagged_text: string;
	language: string;
	tags: string[];
}

async function tag(text: string, language: string): Promise<Tagged> {
	const { status, body } = await server.post('/tag', { text, language });
	expect(status).toBe(200);
	return body as unknown as Tagged;
}

/** The text inside of the markup, as an XML parser would give it. */
function textOf(markup: string): string {
	const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', apos: "'", quot: '"' };
	return markup
		.replace(/<[^<>]*>/g, '')
		.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '?');
}

/** The morphemes in the markup, with their parts of speech. */
function morphemes(markup: string): [string, string][] {
	return [...markup.matchAll(/<w pos='([^']*)'>([^<]*)<\/w>/g)].map(([, pos = '', word = '']) => [
		textOf(word),
		pos,
	]);
}

test('Korean: nouns, particles, endings and signs, by Sejong tags', async () => {
	const { tagged_text: markup, tags } = await tag('이것은 테스트입니다.', 'kor');
	expect(morphemes(markup)).toEqual([
		['이것', 'NP'],
		['은', 'JX'],
		['테스트', 'NNG'],
		['입니다', 'VCP+EF'],
		['.', 'SF'],
	]);
	expect(tags).toEqual(['NP', 'JX', 'NNG', 'VCP+EF', 'SF']);
});

test('Japanese: by IPADIC parts of speech', async () => {
	const { tagged_text: markup } = await tag('昨日、東京へ行きました。', 'jpn');
	expect(morphemes(markup)).toEqual(
		expect.arrayContaining([
			['東京', '名詞-固有名詞'],
			['へ', '助詞-格助詞'],
			['行き', '動詞-自立'],
		]),
	);
});

test('Chinese: by jieba tags', async () => {
	const { tagged_text: markup } = await tag('我昨天去了北京。', 'chi');
	expect(morphemes(markup)).toEqual(
		expect.arrayContaining([
			['昨天', 't'],
			['去', 'v'],
			['北京', 'ns'],
		]),
	);
});

test.each(['kor', 'jpn', 'chi'])(
	'%s: no character is lost, markup in the text included',
	async (language) => {
		const text =
			" <b class=\"x\">안녕</b> & '東京'\t你好\n\n\u3000😀 A.B. &amp; </tagged><w pos='X'>\u00A0끝 \r\n";
		const { tagged_text: markup, tags } = await tag(text, language);
		expect(textOf(markup)).toBe(text);
		expect(markup.startsWith(`<tagged lang='${language}'>`)).toBe(true);
		expect(markup.match(/<\/tagged>/g)).toHaveLength(1);
		expect(morphemes(markup).map(([, pos]) => pos)).toEqual(expect.arrayContaining(tags));
		expect(tags).not.toContain('X');
	},
);

test('what XML can’t hold is replaced: control characters and halves of surrogate pairs', async () => {
	const { tagged_text: markup } = await tag('가\u0001나\ud800다', 'kor');
	expect(textOf(markup)).toBe('가\uFFFD나\uFFFD다');
});

test('an empty text has no tags', async () => {
	expect(await tag('', 'kor')).toMatchObject({
		tagged_text: "<tagged lang='kor'></tagged>",
		tags: [],
	});
});

test('a book is tagged whole, and others are answered meanwhile', async () => {
	const sentence = '안녕하세요, 이것은 테스트입니다. ';
	const book = sentence.repeat(5_000);
	let tagged = false;
	const asked = tag(book, 'kor').then((answer) => {
		tagged = true;
		return answer;
	});
	let answeredMeanwhile = 0;
	while (!tagged) {
		expect((await server.get('/health')).status).toBe(200);
		if (!tagged) answeredMeanwhile += 1;
	}
	const { tagged_text: markup } = await asked;
	expect(textOf(markup) === book).toBe(true);
	expect(morphemes(markup)).toHaveLength(9 * 5_000);
	// Were the work done where requests are answered, none would be until it ended.
	expect(answeredMeanwhile).toBeGreaterThan(5);
});

/** Minutes of work each, on every thread that there is: the next would not be served in time. */
const LONG_WORK: [string, object][] = [
	['/tag', { text: '가나다 '.repeat(3_000_000), language: 'kor' }],
	[
		'/select',
		{
			candidates: Array.from({ length: 64 }, (_, index) => ({
				refined_text: `${index} ${'가나다라마바사 '.repeat(25_000)}`,
			})),
		},
	],
];

test.each(LONG_WORK)('clients that leave end their work for %s', async (endpoint, asked) => {
	const server = await FableForgeServer.start({ FABLEFORGE_BODY_LIMIT: '50000000' });
	busy = server;
	const body = JSON.stringify(asked);
	const leaving = await Promise.all([1, 2].map(() => upload(server.url + endpoint, body)));
	// What was sent has been read by the time that the server has answered others so often.
	for (let turn = 0; turn < 20; turn += 1) await server.get('/health');
	for (const request of leaving) request.destroy();
	await server.waitForRequests(2, (line) => line.endpoint === endpoint && line.aborted);
	const next = await server.post('/tag', { text: '책', language: 'kor' });
	expect(next.body.tags).toEqual(['NNG']);
	expect(await server.stop()).toBe(0);
});

/** Sends a request and waits until its body has left, but not for its answer. */
async function upload(url: string, body: string): Promise<ClientRequest> {
	const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
	const sent = request(url, { method: 'POST', headers });
	// Whoever leaves hears that the connection is gone.
	sent.on('error', () => undefined);
	await new Promise<void>((resolve) => sent.end(body, resolve));
	return sent;
}
