import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { explain } from '../../shared/failures';
import type { ArtificerCredential } from './connection';
import type { ResponseOf } from './services';
import { unaryCall } from './unaryCall';

/** How long the test button waits, in ms: a user watches it. */
const timeoutMs = 10_000;

/** The credential's test button: asks the server for its health and says what it answered. */
export async function artificerConnectionTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await testConnection(credential.data as unknown as ArtificerCredential);
}

/** Asks the server for its health. Never rejects: what is wrong is the answer. */
export async function testConnection(
	credential: ArtificerCredential,
): Promise<INodeCredentialTestResult> {
	try {
		const answer = (await unaryCall(
			credential,
			{ service: 'MetricsService', method: 'HealthCheck' },
			{ message: {} },
			{ number: 1, signal: AbortSignal.timeout(timeoutMs), timeoutMs },
		)) as ResponseOf<'MetricsService', 'HealthCheck'>;
		return { status: 'OK', message: describe(answer) };
	} catch (thrown) {
		return { status: 'Error', message: explain(thrown) };
	}
}

function describe({
	service,
	version,
	status,
	processors,
}: ResponseOf<'MetricsService', 'HealthCheck'>): string {
	const engines = Object.entries(processors)
		.filter(([, available]) => available)
		.map(([name]) => name);
	const missing = Object.keys(processors).filter((name) => !engines.includes(name));
	return [
		`Connected to ${service} ${version} (${status})`,
		engines.length > 0 ? `available: ${engines.join(', ')}` : '',
		missing.length > 0 ? `not available: ${missing.join(', ')}` : '',
	]
		.filter(Boolean)
		.join('; ');
}
