import { noAnswerFailure, statusFailure } from '../../../../nodes/FableForge/transport/httpFailure';

const server = 'http://fableforge:8080';

function read(status: number, body: unknown = {}, headers: Record<string, unknown> = {}) {
	const failure = statusFailure({ status, headers, body }, server);
	const { kind, message, facts } = failure;
	return { kind, message, facts, again: failure.canBeTriedAgain(true) };
}

describe('an HTTP status', () => {
	// Broken by trying again what the service declines for good, or by giving up what may get better.
	test.each([
		[400, 'rejected', false],
		[401, 'rejected', false],
		[403, 'rejected', false],
		[404, 'rejected', false],
		[405, 'rejected', false],
		[408, 'busy', true],
		[413, 'rejected', false],
		[422, 'rejected', false],
		[425, 'busy', true],
		[429, 'busy', true],
		[500, 'server', true],
		[502, 'server', true],
		[503, 'busy', true],
		[504, 'server', true],
	])('%d is %s', (status, kind, again) => {
		expect(read(status)).toMatchObject({ kind, again, facts: { status: String(status), server } });
	});

	// Broken by a message that leaves out what the service said.
	test('says what the service said, FastAPI’s list of places and reasons included', () => {
		expect(read(500, { detail: 'Specialist prose failed' }).message).toBe(
			'FableForge could not do it (status 500): Specialist prose failed',
		);
		const detail = [
			{ loc: ['body', 'context', 'text'], msg: 'Field required', type: 'missing' },
			{ loc: ['query', 'text'], msg: 'Field required' },
		];
		expect(read(422, { detail }).message).toBe(
			'FableForge declined the request (status 422): body.context.text Field required; query.text Field required',
		);
	});

	// Broken by a web page of a proxy in the middle of a sentence, or by a body that is no object.
	test.each([null, undefined, 7, [], { detail: 7 }, '<html><body>Bad gateway</body></html>'])(
		'stays a sentence with a body of %j',
		(body) => {
			expect(read(502, body).message).toBe('FableForge could not do it (status 502)');
		},
	);

	// Broken by a plain text that is left out, or one without end.
	test('says a plain text, but no book', () => {
		expect(read(500, 'no room').message).toBe('FableForge could not do it (status 500): no room');
		expect(read(500, 'x'.repeat(10_000)).message.length).toBeLessThan(400);
	});
});

describe('the header Retry-After', () => {
	// Broken by reading seconds as milliseconds, or by a header that is left unread.
	test.each([
		['7', 7000],
		[7, 7000],
		['0', 0],
		['1.5', 1500],
		['-3', 0],
		[undefined, undefined],
		['soon', undefined],
		['Wed, 21 Oct 2015 07:28:00 GMT', 0],
	])('%p is %p ms', (header, ms) => {
		expect(read(429, {}, { 'retry-after': header }).facts.retryAfterMs).toBe(ms);
	});

	// Broken by a date that is not understood, or taken for local time.
	test('a date is the time until then', () => {
		const then = new Date(Date.now() + 3_600_000).toUTCString();
		const ms = read(503, {}, { 'retry-after': then }).facts.retryAfterMs ?? 0;
		// The date has whole seconds, and the clock goes on: an hour, give or take a minute.
		expect(Math.abs(ms - 3_600_000)).toBeLessThan(60_000);
	});
});

describe('no answer at all', () => {
	/** As it comes from Node, from axios around it, and from n8n around that. */
	const wrapped = (code: string, message = code) => [
		Object.assign(new Error(message), { code }),
		Object.assign(new Error(message), { code: undefined, cause: { code } }),
		Object.assign(new Error(message), { cause: { cause: { code } } }),
		Object.assign(new Error('n8n'), { error: { cause: { code } } }),
	];

	// Broken by a code that is only looked for at the top.
	test.each([
		['ECONNREFUSED', 'unreachable', `FableForge at ${server} can't be reached`],
		['ENOTFOUND', 'unreachable', `FableForge at ${server} can't be found by its name`],
		['EAI_AGAIN', 'unreachable', `FableForge at ${server} can't be found by its name`],
		['ECONNRESET', 'lost', `The connection to ${server} was lost`],
		['EPIPE', 'lost', `The connection to ${server} was lost`],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'rejected', `The certificate of ${server} is not trusted`],
		['SELF_SIGNED_CERT_IN_CHAIN', 'rejected', `The certificate of ${server} is not trusted`],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'rejected', `The certificate of ${server} is not trusted`],
		[
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
			'rejected',
			`The certificate of ${server} is not trusted`,
		],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'rejected',
			`The certificate of ${server} is for another name`,
		],
		['CERT_HAS_EXPIRED', 'rejected', `The certificate of ${server} is not trusted`],
		['EPROTO', 'rejected', `${server} does not speak TLS`],
	])('%s is %s, however deep it lies', (code, kind, message) => {
		for (const thrown of wrapped(code)) {
			expect(noAnswerFailure(thrown, server)).toMatchObject({
				kind,
				message,
				facts: { status: code, server },
			});
		}
	});

	// Broken by a code that only the words tell.
	test('a code in the words alone is found', () => {
		expect(noAnswerFailure(new Error('connect ECONNREFUSED 127.0.0.1:1'), server)).toMatchObject({
			kind: 'unreachable',
		});
	});

	// Broken by throwing within the handling of what was thrown.
	test.each([undefined, null, 'text', 7, {}])(
		'%p was thrown: the connection was lost',
		(thrown) => {
			expect(noAnswerFailure(thrown, server).kind).toBe('lost');
		},
	);
});
