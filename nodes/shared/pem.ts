import { CallFailure } from './failures';

/**
 * A certificate or key as it was pasted into a credential, or undefined where nothing was.
 *
 * n8n's one-line password fields turn line breaks into blanks; PEM needs them back. Throws a
 * `CallFailure` where it is no PEM: TLS would only say that the connection can't be made.
 *
 * @param field its name in the credential, for the message
 */
export function pem(text: string | undefined, field: string): string | undefined {
	if (!text?.trim()) return undefined;
	if (!text.includes('-----BEGIN ')) {
		throw new CallFailure('input', `${field} in the credential is no PEM`, {
			hint: 'Paste the whole text, with its first line -----BEGIN … and its last line.',
		});
	}
	return text.replace(
		/(-----BEGIN [A-Z ]+-----)([^-]+)(-----END [A-Z ]+-----)/g,
		(_, begin: string, body: string, end: string) =>
			`${begin}\n${body.trim().replace(/\s+/g, '\n')}\n${end}\n`,
	);
}
