import { createHash } from 'node:crypto';

/** A credential is digested once for a run, not for each of its calls. */
const known = new WeakMap<object, string>();

/** Tells a credential from others without holding its secrets: a digest can't be turned back. */
export function digestOf(credential: object): string {
	const made = known.get(credential);
	if (made) return made;
	const digest = createHash('sha256').update(JSON.stringify(credential)).digest('hex');
	known.set(credential, digest);
	return digest;
}
