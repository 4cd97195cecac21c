import { Type } from '@fastify/type-provider-typebox';

/** How long the server worked on the request, in milliseconds. */
export const ProcessingTime = Type.Integer({
	minimum: 0,
	description: 'How long the server worked on the request, in milliseconds',
});

/** Whole milliseconds since a moment that `performance.now()` gave. */
export function millisecondsSince(begun: number): number {
	return Math.round(performance.now() - begun);
}
