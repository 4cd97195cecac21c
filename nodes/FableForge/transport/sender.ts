import type {
	ICredentialTestFunctions,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

/** An HTTP request, whoever sends it. */
export interface HttpRequest {
	method: NonNullable<IHttpRequestOptions['method']>;
	url: string;
	query: IDataObject;
	headers: Record<string, string>;
	/** Sent as JSON. */
	body: IDataObject | undefined;
	signal: AbortSignal;
	/** PEM of an authority to trust besides the system's. */
	ca: string | undefined;
	/** Whether the server's certificate goes unchecked. */
	skipCertificateCheck: boolean;
}

/** An HTTP answer, whatever its status. */
export interface HttpAnswer {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text where it is none. */
	body: unknown;
}

/** Sends a request and gives the answer, whatever its status; rejects only where there was none. */
export type Sender = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Sends through n8n, so that its proxy and network rules apply.
 *
 * The plain `httpRequest`: the variant with authentication puts its own abort signal in place of
 * ours, and Stop or a time limit would no longer reach the service.
 */
export function n8nSender(context: IExecuteFunctions): Sender {
	return async (request) => {
		const answer = (await context.helpers.httpRequest({
			method: request.method,
			url: request.url,
			qs: request.query,
			headers: request.headers,
			...(request.body && { body: request.body }),
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			abortSignal: request.signal,
			// The signal is the limit: n8n's own of 300 s would cut off whoever allows more.
			timeout: 0,
			skipSslCertificateValidation: request.skipCertificateCheck,
			...(request.ca && { agentOptions: { ca: request.ca } }),
		})) as N8nAnswer;
		return { status: answer.statusCode, headers: answer.headers, body: answer.body };
	};
}

/**
 * Sends for a credential's test button, for which n8n has only its older client: it knows no abort
 * signal, so the time limit of a request, in ms, is its own.
 */
export function credentialTestSender(context: ICredentialTestFunctions, timeoutMs: number): Sender {
	return async (request) => {
		const answer = (await context.helpers.request({
			method: request.method,
			uri: request.url,
			qs: request.query,
			headers: request.headers,
			...(request.body && { body: request.body }),
			json: true,
			resolveWithFullResponse: true,
			simple: false,
			timeout: timeoutMs,
			...(request.skipCertificateCheck && { rejectUnauthorized: false }),
			...(request.ca && { agentOptions: { ca: request.ca } }),
		})) as N8nAnswer;
		return { status: answer.statusCode, headers: answer.headers, body: answer.body };
	};
}

/** An answer with all that n8n tells of it. */
interface N8nAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}
