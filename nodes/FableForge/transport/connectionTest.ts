import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { FableForgeCredential } from '../../../credentials/FableForgeApi.credentials';
import { CallFailure, explain } from '../../shared/failures';
import { callEndpoint } from './callEndpoint';
import { endpoints } from './endpoints';
import { credentialTestSender, type Sender } from './sender';

/** How long the test button waits for each of its two answers, in ms: a user watches it. */
const timeoutMs = 10_000;

/** The credential's test button: asks the service for its health, and whether it lets the caller in. */
export async function fableForgeConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = credential.data as unknown as FableForgeCredential;
	return await testConnection(credentialTestSender(this, timeoutMs), fields);
}

/** Never rejects: what is wrong is the answer, in words that help. */
async function testConnection(
	send: Sender,
	credential: FableForgeCredential,
): Promise<INodeCredentialTestResult> {
	const attempt = { number: 1, signal: AbortSignal.timeout(2 * timeoutMs), timeoutMs };
	try {
		const { service, status } = await callEndpoint(send, credential, endpoints.health, {}, attempt);
		const body = { candidates: [] };
		// Health is open to everyone on many services. Nothing to choose from is declined by each of
		// them before it works, but after it has looked at who asks.
		await callEndpoint(send, credential, endpoints.select, { body }, attempt).catch(letIn);
		return { status: 'OK', message: `Connected to ${service} (${status})` };
	} catch (thrown) {
		return { status: 'Error', message: explain(thrown) };
	}
}

/** Any answer but that the credential is wrong says that it is right. */
function letIn(thrown: unknown): void {
	const status = thrown instanceof CallFailure ? thrown.facts.status : undefined;
	if (!/^\d{3}$/.test(status ?? '') || status === '401' || status === '403') throw thrown;
}
