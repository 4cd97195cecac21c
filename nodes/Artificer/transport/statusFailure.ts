import { status as Status, type ServiceError } from '@grpc/grpc-js';

import { CallFailure, type FailureFacts, type FailureKind } from '../../shared/failures';
import { timeoutFailure } from '../../shared/resilience';
import type { Connection } from './connection';

interface Reading {
	kind: FailureKind;
	message: string;
	hint?: string;
}

/** Says in words what a gRPC status means for the user, and whether another try can help. */
export function statusFailure(
	{ code, details }: Pick<ServiceError, 'code' | 'details'>,
	{ displayName: server, maxMessageBytes }: Pick<Connection, 'displayName' | 'maxMessageBytes'>,
	timeoutMs: number,
): CallFailure {
	const facts: FailureFacts = { status: Status[code], server };
	if (code === Status.DEADLINE_EXCEEDED) return timeoutFailure(timeoutMs, { server });
	const { kind, message, hint } = read(code, details, server, maxMessageBytes);
	return new CallFailure(kind, message, {
		...facts,
		hint,
		...(details && !message.includes(details) && { answer: details }),
	});
}

function read(code: Status, details: string, server: string, maxMessageBytes: number): Reading {
	switch (code) {
		case Status.UNAVAILABLE:
			return unavailable(details, server);
		case Status.RESOURCE_EXHAUSTED:
			return exhausted(details, maxMessageBytes);
		case Status.UNAUTHENTICATED:
		case Status.PERMISSION_DENIED:
			return {
				kind: 'rejected',
				message: 'Artificer did not accept the credential',
				hint: 'Check the token or API key in the Artificer credential.',
			};
		case Status.UNIMPLEMENTED:
			return {
				kind: 'rejected',
				message: 'This server does not offer the operation',
				hint: 'Check that the address in the credential is that of an Artificer, and its version.',
			};
		case Status.CANCELLED:
			return { kind: 'lost', message: 'The call was cancelled on the way' };
		case Status.ABORTED:
			return { kind: 'lost', message: 'Artificer gave up the call' };
		default:
			// INTERNAL included: reference servers answer it for a broken document, where no repetition helps.
			return { kind: 'rejected', message: details || `Artificer answered ${Status[code]}` };
	}
}

function unavailable(details: string, server: string): Reading {
	// Not any «connect»: «Connection dropped» may have been reached, and must not be asked twice lightly.
	const neverReached = /No connection established|Name resolution|\bconnect E[A-Z]+/.test(details);
	if (/altnames/i.test(details)) {
		return {
			kind: 'rejected',
			message: `The certificate of ${server} is for another name`,
			hint: 'Put the name in the certificate into Server Name in the credential.',
		};
	}
	if (/certificate|self-signed|CERT_/i.test(details)) {
		return {
			kind: 'rejected',
			message: `The certificate of ${server} is not trusted`,
			hint: 'Put the certificate of its authority into CA Certificate in the credential.',
		};
	}
	if (/Name resolution|ENOTFOUND/i.test(details)) {
		return {
			kind: 'unreachable',
			message: `The name in ${server} can't be found`,
			hint: 'Check the address in the Artificer credential.',
		};
	}
	// What TLS and HTTP/2 say when the other side speaks something else.
	if (/wrong version number/i.test(details)) {
		return {
			kind: 'rejected',
			message: `The server at ${server} does not speak TLS`,
			hint: 'Choose None (Plaintext) under Security in the Artificer credential, or its TLS port.',
		};
	}
	if (/Protocol error/i.test(details) && neverReached) {
		return {
			kind: 'rejected',
			message: `What listens at ${server} is no gRPC server`,
			hint: 'Check the address in the Artificer credential: a web address has another port.',
		};
	}
	if (/Last error: Failed to connect/.test(details)) {
		return {
			// A server that is just starting or stopping looks the same.
			kind: 'unreachable',
			message: `The server at ${server} hangs up at once`,
			hint: 'It probably expects TLS: choose it under Security in the Artificer credential.',
		};
	}
	return {
		kind: neverReached ? 'unreachable' : 'lost',
		message: neverReached
			? `Artificer can't be reached at ${server}`
			: `The connection to ${server} was lost`,
		hint: 'Check that the server is running, and the address and security in the Artificer credential.',
	};
}

/**
 * Too large, or too much at once? The words are those of gRPC's libraries. Who sets a limit follows
 * from its number: a request over our own is never sent, so one that is ours was met by an answer.
 */
function exhausted(details: string, maxMessageBytes: number): Reading {
	const unsent = /^Attempted to send message with a size larger than (\d+)/.exec(details);
	if (unsent) return tooLarge('The file or text', undefined, unsent[1], 'this node');
	const unsendable = /^Sent message larger than max \(?(\d+) vs\.? (\d+)/.exec(details);
	if (unsendable) return tooLarge('The answer', unsendable[1], unsendable[2], 'the server');
	const received = /larger than (?:max \(?(\d+) vs\.? )?(\d+)/.exec(details);
	if (received) {
		const [, given, limit] = received;
		return Number(limit) === maxMessageBytes
			? tooLarge('The answer', given, limit, 'this node')
			: tooLarge('The file or text', given, limit, 'the server');
	}
	return {
		kind: 'busy',
		message: 'Artificer has more work than it takes on at once',
		hint: 'Lower Items at Once, or raise the retries in the options.',
	};
}

function tooLarge(
	what: string,
	given: string | undefined,
	limit: string | undefined,
	who: 'this node' | 'the server',
): Reading {
	const size = given === undefined ? '' : `: ${megabytes(given)} MB`;
	return {
		kind: 'rejected',
		message: `${what} is too large${size}${size ? ', and' : ':'} ${who} takes at most ${megabytes(limit)} MB`,
		hint:
			who === 'this node'
				? 'Raise Largest Message in the Artificer credential.'
				: 'The limit is set on the server; ask whoever runs it to raise it.',
	};
}

function megabytes(bytes: string | undefined): string {
	return (Number(bytes) / 1024 / 1024).toFixed(1);
}
