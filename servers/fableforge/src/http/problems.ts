import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { SpecialistFailure } from '../refinement.js';

/** A request that has the right shape and still can't be served; answered 400 with the message. */
export class UnusableRequest extends Error {}

/** A request without a field that it may give in more than one way; answered 422. */
export class MissingField extends Error {
	/** The part of the request in which the field is looked for first, and its name. */
	constructor(
		readonly part: 'query' | 'body',
		readonly field: string,
	) {
		super(`The field ${field} is missing.`);
	}
}

/** One thing that is wrong with a request: where it is, what is wrong, and of which kind it is. */
interface ShapeProblem {
	loc: string[];
	msg: string;
	type: string;
}

/** Turns whatever a handler throws into the contract's `{detail}` answers. */
export function answerProblems(logger: Logger) {
	return (problem: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
		if (problem.validation) {
			void reply.code(422).send({ detail: shapeProblems(problem) });
		} else if (problem.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
			const detail: ShapeProblem[] = [
				{ loc: ['body'], msg: 'The body is not JSON that can be read.', type: 'json_invalid' },
			];
			void reply.code(422).send({ detail });
		} else if (problem instanceof MissingField) {
			const { part, field, message } = problem;
			const detail: ShapeProblem[] = [{ loc: [part, field], msg: message, type: 'required' }];
			void reply.code(422).send({ detail });
		} else if (problem instanceof UnusableRequest) {
			void reply.code(400).send({ detail: problem.message });
		} else if (problem instanceof SpecialistFailure) {
			void reply.code(500).send({ detail: problem.message });
		} else if (problem.statusCode !== undefined && problem.statusCode < 500) {
			void reply.code(problem.statusCode).send({ detail: problem.message });
		} else if (!request.clientGone.aborted) {
			// Its message may quote the text that was worked on, and texts never reach the log.
			const place = problem.stack?.split('\n').filter((line) => line.startsWith('    at '));
			logger.error({ event: 'unexpected', kind: problem.name, code: problem.code, place });
			void reply.code(500).send({ detail: 'The server could not do this; its log says where.' });
		}
	};
}

function shapeProblems(problem: FastifyError): ShapeProblem[] {
	const part = problem.validationContext === 'querystring' ? 'query' : problem.validationContext;
	return (problem.validation ?? []).map(({ instancePath, keyword, message, params }) => {
		const path = instancePath.split('/').slice(1);
		if (typeof params['missingProperty'] === 'string') path.push(params['missingProperty']);
		const allowed = params['allowedValues'];
		const choice = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
		return { loc: [part ?? 'body', ...path], msg: `${message ?? keyword}${choice}`, type: keyword };
	});
}
