import { CallFailure, toCallFailure, type FailureFacts } from './failures';

/** Shorter ones are no secrets, and would tear holes into every sentence. */
const shortest = 4;

/** What stands in place of a secret. */
const hidden = '•••';

/**
 * Runs a call, and takes the caller's secrets out of what it throws: a service may repeat in its
 * answer what it was sent. Rejects with a `CallFailure`.
 */
export async function hidingSecrets<Value>(
	secrets: Array<string | undefined>,
	call: () => Promise<Value>,
): Promise<Value> {
	try {
		return await call();
	} catch (thrown) {
		throw withoutSecrets(toCallFailure(thrown), secrets);
	}
}

function withoutSecrets(failure: CallFailure, secrets: Array<string | undefined>): CallFailure {
	const worthHiding = secrets.filter((secret) => secret !== undefined && secret.length >= shortest);
	const clean = (text: string) =>
		worthHiding.reduce<string>((cleaned, secret) => cleaned.replaceAll(secret ?? '', hidden), text);
	const facts = Object.entries(failure.facts).map(([name, fact]: [string, unknown]) => [
		name,
		typeof fact === 'string' ? clean(fact) : fact,
	]);
	const cleaned = new CallFailure(
		failure.kind,
		clean(failure.message),
		Object.fromEntries(facts) as FailureFacts,
	);
	cleaned.stack = failure.stack && clean(failure.stack);
	return cleaned;
}
