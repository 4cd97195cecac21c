import { CallFailure, type FailureFacts, type FailureKind } from '../../shared/failures';
import type { HttpAnswer } from './sender';

/** Statuses that ask to come back: the request was fine, the moment was not. */
const comeBack = new Set([408, 425, 429]);

/** Says in words what an HTTP status means for the user, and whether another try can help. */
export function statusFailure({ status, headers, body }: HttpAnswer, server: string): CallFailure {
	const detail = detailOf(body);
	const facts: FailureFacts = {
		status: String(status),
		server,
		retryAfterMs: retryAfterMs(headers['retry-after']),
	};
	const fail = (kind: FailureKind, message: string, hint?: string) =>
		new CallFailure(kind, detail ? `${message}: ${detail}` : message, { ...facts, hint });
	if (status === 401 || status === 403) {
		return fail(
			'rejected',
			'FableForge did not accept the credential',
			'Check the token or API key in the FableForge credential.',
		);
	}
	if (status === 404) {
		return fail(
			'rejected',
			'FableForge does not know this address',
			'Check the base URL in the credential, and the path.',
		);
	}
	if (comeBack.has(status) || status === 503) {
		return fail('busy', 'FableForge asks to come back later', 'Lower Requests at Once, or wait.');
	}
	if (status >= 500) return fail('server', `FableForge could not do it (status ${status})`);
	return fail('rejected', `FableForge declined the request (status ${status})`);
}

/** What the service says about it: FastAPI's `detail` is a text or a list of places and reasons. */
function detailOf(body: unknown): string {
	// A proxy's web page is no sentence.
	if (typeof body === 'string') return body.trimStart().startsWith('<') ? '' : body.slice(0, 300);
	const detail = (body as { detail?: unknown } | null)?.detail;
	if (typeof detail === 'string') return detail;
	if (!Array.isArray(detail)) return '';
	return (detail as Array<{ loc?: unknown[]; msg?: string }>)
		.map(({ loc, msg }) => [loc?.join('.'), msg].filter(Boolean).join(' '))
		.join('; ');
}

/** The header is a number of seconds or a date. */
function retryAfterMs(header: unknown): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(String(header));
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

const neverReached: Record<string, string> = {
	ECONNREFUSED: "can't be reached",
	ENOTFOUND: "can't be found by its name",
	EAI_AGAIN: "can't be found by its name",
	EHOSTUNREACH: "can't be reached",
	ENETUNREACH: "can't be reached",
};

/** Says in words why there was no answer at all. */
export function noAnswerFailure(thrown: unknown, server: string): CallFailure {
	if (thrown instanceof CallFailure) return thrown;
	const { code, text } = causeOf(thrown);
	const facts: FailureFacts = { status: code, server };
	const reason = code ? neverReached[code] : undefined;
	if (reason) {
		return new CallFailure('unreachable', `FableForge at ${server} ${reason}`, {
			...facts,
			hint: 'Check that the service is running, and the base URL in the FableForge credential.',
		});
	}
	if (/ALTNAME/.test(code ?? '')) {
		return new CallFailure('rejected', `The certificate of ${server} is for another name`, {
			...facts,
			hint: 'Write the name that is in the certificate into the base URL.',
		});
	}
	if (/CERT|SELF_SIGNED|ISSUER|UNABLE_TO_VERIFY/.test(code ?? '')) {
		return new CallFailure('rejected', `The certificate of ${server} is not trusted`, {
			...facts,
			hint: 'Put the certificate of its authority into CA Certificate in the FableForge credential.',
		});
	}
	if (code === 'EPROTO') {
		return new CallFailure('rejected', `${server} does not speak TLS`, {
			...facts,
			hint: 'Write http:// instead of https:// in the base URL, or use the port of its TLS.',
		});
	}
	// What n8n's client says when its own limit is over.
	if (code === 'ECONNABORTED' && /timeout/.test(text)) {
		return new CallFailure('timeout', `FableForge at ${server} did not answer in time`, {
			...facts,
			hint: 'Look whether the service is overloaded, and whether the base URL is right.',
		});
	}
	return new CallFailure('lost', `The connection to ${server} was lost`, {
		...facts,
		answer: text,
	});
}

/** n8n wraps what axios threw, which wraps what Node threw: the code is somewhere in that chain. */
function causeOf(thrown: unknown): { code: string | undefined; text: string } {
	const text = thrown instanceof Error ? thrown.message : String(thrown);
	let current: unknown = thrown;
	for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth++) {
		const { code, cause, error } = current as { code?: unknown; cause?: unknown; error?: unknown };
		if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return { code, text };
		current = cause ?? error;
	}
	const inText = /\b(E[A-Z]{4,}|[A-Z_]*CERT[A-Z_]*)\b/.exec(text);
	return { code: inText?.[1], text };
}
