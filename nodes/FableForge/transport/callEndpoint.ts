import type { IDataObject } from 'n8n-workflow';

import { headersOf, secretsOf } from '../../../credentials/authentication';
import type { FableForgeCredential } from '../../../credentials/FableForgeApi.credentials';
import { CallFailure } from '../../shared/failures';
import { pem } from '../../shared/pem';
import type { Attempt } from '../../shared/resilience';
import { hidingSecrets } from '../../shared/secrets';
import type { Endpoint, EndpointRequest } from './endpoint';
import type { HttpAnswer, Sender } from './sender';
import { noAnswerFailure, statusFailure } from './httpFailure';

/** Calls an endpoint and reads its answer. Rejects with a `CallFailure`. */
export async function callEndpoint<Answer>(
	send: Sender,
	credential: FableForgeCredential,
	endpoint: Endpoint<Answer>,
	request: EndpointRequest,
	attempt: Attempt,
): Promise<Answer> {
	return await hidingSecrets(secretsOf(credential), async () => {
		const server = baseUrlOf(credential);
		const ca = pem(credential.publicCaCertificate, 'CA Certificate');
		const answer = await sendRequest(send, credential, endpoint, request, attempt, { server, ca });
		if (answer.status < 200 || answer.status >= 300) throw statusFailure(answer, server);
		try {
			return endpoint.parse(answer.body);
		} catch (thrown) {
			throw wrongShape(thrown, answer, server);
		}
	});
}

function wrongShape(thrown: unknown, { status }: HttpAnswer, server: string): CallFailure {
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	return new CallFailure('rejected', message, {
		status: String(status),
		server,
		hint: 'Check that the base URL in the credential is that of a FableForge service, and its version.',
	});
}

async function sendRequest(
	send: Sender,
	credential: FableForgeCredential,
	endpoint: Endpoint<unknown>,
	request: EndpointRequest,
	attempt: Attempt,
	{ server, ca }: { server: string; ca: string | undefined },
): Promise<HttpAnswer> {
	try {
		return await send({
			method: request.method ?? endpoint.method,
			url: `${server}${request.path ?? endpoint.path}`,
			query: (request.query ?? {}) as IDataObject,
			headers: {
				...request.headers,
				...headersOf(credential),
				// The local server's repeatable delays and failures are drawn per try.
				'x-attempt': String(attempt.number),
			},
			body: request.body,
			signal: attempt.signal,
			ca,
			skipCertificateCheck: credential.ignoreTlsIssues === true,
		});
	} catch (thrown) {
		throw noAnswerFailure(thrown, server);
	}
}

function baseUrlOf({ baseUrl }: FableForgeCredential): string {
	const trimmed = baseUrl.trim().replace(/\/+$/, '');
	if (!/^https?:\/\/[^/]/.test(trimmed)) {
		throw new CallFailure(
			'input',
			`The base URL "${baseUrl}" in the FableForge credential is no web address`,
			{ hint: 'Write it with http:// or https://, such as http://localhost:8080.' },
		);
	}
	return trimmed;
}
