import { Type } from 'typebox';

/** How long the server worked on the request, in milliseconds. */
export const ProcessingTime = Type.Integer({
	minimum: 0,
	description: 'How long the server worked on the request, in milliseconds',
});

/** Why a request was not served, as one sentence. */
export const Detail = Type.Object({ detail: Type.String() });

/** What is wrong with the shape of a request. */
export const ShapeDetail = Type.Object({
	detail: Type.Array(
		Type.Object({
			loc: Type.Array(Type.String(), {
				description: 'The part of the request, then the path in it',
			}),
			msg: Type.String(),
			type: Type.String({ description: 'The rule that was broken' }),
		}),
	),
});

/** What every endpoint with a body may answer instead of a result. */
export const REFUSALS = { 401: Detail, 413: Detail, 422: ShapeDetail, 503: Detail };

/** Whole milliseconds since a moment that `performance.now()` gave. */
export function millisecondsSince(begun: number): number {
	return Math.round(performance.now() - begun);
}
