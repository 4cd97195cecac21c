import { status as Status } from '@grpc/grpc-js';

import { statusFailure } from '../../../../nodes/Artificer/transport/statusFailure';

const MiB = 1024 * 1024;
const connection = { displayName: 'artificer:50051', maxMessageBytes: 256 * MiB };

function read(code: Status, details: string) {
	const failure = statusFailure({ code, details }, connection, 30_000);
	const { kind, message, facts } = failure;
	return { kind, message, hint: facts.hint, facts, again: failure.canBeTriedAgain(true) };
}

describe('a status of the reference server', () => {
	// Broken by taking INTERNAL for transient: it answers so for a broken document.
	test('INTERNAL is no reason to try again, and its words are kept', () => {
		const details = 'PDF text extraction failed: cannot open broken document';
		expect(read(Status.INTERNAL, details)).toMatchObject({
			kind: 'rejected',
			message: details,
			again: false,
			facts: { status: 'INTERNAL', server: 'artificer:50051' },
		});
	});

	// Broken by taking a size for an overload: it would be sent again and never fit.
	test.each([
		['Received message larger than max (5000005 vs. 4194304)', '4.8', '4.0'],
		['Received message larger than max (5000005 vs 4194304)', '4.8', '4.0'],
		['SERVER: Received message larger than max (5000005 vs. 4194304)', '4.8', '4.0'],
	])('%s is a limit of the server', (details, given, limit) => {
		expect(read(Status.RESOURCE_EXHAUSTED, details)).toMatchObject({
			message: `The file or text is too large: ${given} MB, and the server takes at most ${limit} MB`,
			hint: 'The limit is set on the server; ask whoever runs it to raise it.',
			again: false,
		});
	});

	// Broken by a connection that is lost for good: the server may be back at the next try.
	test.each([
		['Connection dropped', 'lost'],
		['read ECONNRESET', 'lost'],
		['No connection established', 'unreachable'],
		[
			'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ',
			'unreachable',
		],
		['Name resolution failed for target dns:artificer:50051', 'unreachable'],
	])('UNAVAILABLE, %s: tried again as %s', (details, kind) => {
		expect(read(Status.UNAVAILABLE, details)).toMatchObject({ kind, again: true });
	});
});

describe('who sets a limit on size', () => {
	const own = connection.maxMessageBytes;

	// Broken by blaming the server for the credential's own limit.
	test('an answer over our own limit can be helped in the credential', () => {
		const details = `Received message larger than max (${own + MiB} vs ${own})`;
		expect(read(Status.RESOURCE_EXHAUSTED, details)).toMatchObject({
			message: 'The answer is too large: 257.0 MB, and this node takes at most 256.0 MB',
			hint: 'Raise Largest Message in the Artificer credential.',
			again: false,
		});
	});

	// Broken by a request over our own limit that is taken for an overload and tried again.
	test('a request over our own limit is never tried again', () => {
		const details = `Attempted to send message with a size larger than ${own}`;
		expect(read(Status.RESOURCE_EXHAUSTED, details)).toMatchObject({
			message: 'The file or text is too large: this node takes at most 256.0 MB',
			hint: 'Raise Largest Message in the Artificer credential.',
			again: false,
		});
	});

	// Broken by «Sent» being read as ours: a client never says so, a server does.
	test("an answer over the server's limit is the server's", () => {
		const details = `Sent message larger than max (${5 * MiB} vs. ${4 * MiB})`;
		expect(read(Status.RESOURCE_EXHAUSTED, details)).toMatchObject({
			message: 'The answer is too large: 5.0 MB, and the server takes at most 4.0 MB',
			again: false,
		});
	});

	// Broken by a compressed message, whose size gRPC doesn't say.
	test('a limit without a size is one as well', () => {
		const details = `Received message that decompresses to a size larger than ${4 * MiB}`;
		expect(read(Status.RESOURCE_EXHAUSTED, details)).toMatchObject({
			message: 'The file or text is too large: the server takes at most 4.0 MB',
			again: false,
		});
	});

	// Broken by an overload that is taken for a size and never tried again.
	test('an overload is something else', () => {
		expect(read(Status.RESOURCE_EXHAUSTED, '12 calls are under way')).toMatchObject({
			kind: 'busy',
			again: true,
			facts: { answer: '12 calls are under way' },
		});
	});
});

describe('any other status', () => {
	// Broken by trying again what can't get better.
	test.each([
		[Status.INVALID_ARGUMENT, 'rejected', false],
		[Status.FAILED_PRECONDITION, 'rejected', false],
		[Status.NOT_FOUND, 'rejected', false],
		[Status.UNKNOWN, 'rejected', false],
		[Status.DATA_LOSS, 'rejected', false],
		[Status.UNIMPLEMENTED, 'rejected', false],
		[Status.UNAUTHENTICATED, 'rejected', false],
		[Status.PERMISSION_DENIED, 'rejected', false],
		[Status.ABORTED, 'lost', true],
		[Status.CANCELLED, 'lost', true],
		[Status.DEADLINE_EXCEEDED, 'timeout', true],
	])('%s is %s', (code, kind, again) => {
		expect(read(code, 'words of the server')).toMatchObject({ kind, again });
	});

	// Broken by a message without words.
	test('a status without words is named', () => {
		expect(read(Status.UNKNOWN, '').message).toBe('Artificer answered UNKNOWN');
	});

	// Broken by different words for our clock and the service's deadline.
	test('a deadline says after how long', () => {
		expect(read(Status.DEADLINE_EXCEEDED, 'Deadline exceeded after 30.001s')).toMatchObject({
			message: 'No answer within 30 s',
			hint: 'Look whether the service is overloaded, or raise Timeout in the options.',
		});
	});

	// Broken by a certificate that is tried again every few seconds.
	test.each([
		'No connection established. Last error: self-signed certificate',
		'No connection established. Last error: unable to verify the first certificate',
	])('a certificate is no passing trouble: %s', (details) => {
		expect(read(Status.UNAVAILABLE, details)).toMatchObject({
			message: 'The certificate of artificer:50051 is not trusted',
			again: false,
		});
	});

	// Broken by sending the user for another authority when the name is what is wrong.
	test('a certificate for another name is said to be one', () => {
		const details =
			"No connection established. Last error: Hostname/IP does not match certificate's altnames: x";
		expect(read(Status.UNAVAILABLE, details)).toMatchObject({
			message: 'The certificate of artificer:50051 is for another name',
			again: false,
		});
	});
});
