import { createHash } from 'node:crypto';

/** Tells a credential from others without holding its secrets: a digest can't be turned back. */
export function digestOf(credential: object): string {
	return createHash('sha256').update(JSON.stringify(credential)).digest('hex');
}
