import type { IDataObject } from 'n8n-workflow';

import type { Endpoint } from './endpoint';

/** What `/cleanup` answers. */
export interface CleanupAnswer extends IDataObject {
	cleaned_text: string;
	/** What was changed, in words. */
	changes: string[];
}

/** What `/tag` answers. */
export interface TagAnswer extends IDataObject {
	tagged_text: string;
	tags: string[];
}

/** What `/refine` answers: one specialist's candidate. */
export interface RefineAnswer extends IDataObject {
	refined_text: string;
	specialist: string;
	/** 0 to 1. */
	confidence: number;
	improvements: string[];
}

/** What `/select` answers. */
export interface SelectAnswer extends IDataObject {
	selected: IDataObject;
	strategy: string;
	candidates_count: number;
}

/** What `/` and `/health` answer. */
export interface StatusAnswer extends IDataObject {
	status: string;
	service: string;
}

/** What kind of value a field must have. */
type Kind = 'text' | 'number' | 'texts' | 'object';

function isKind(value: unknown, kind: Kind): boolean {
	if (kind === 'text') return typeof value === 'string';
	if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
	if (kind === 'texts')
		return Array.isArray(value) && value.every((one) => typeof one === 'string');
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reader<Answer extends IDataObject>(path: string, fields: Record<string, Kind>) {
	return (body: unknown): Answer => {
		if (!isKind(body, 'object')) {
			throw new Error(`The answer of ${path} is not a JSON object`);
		}
		const answer = body as Answer;
		for (const [name, kind] of Object.entries(fields)) {
			if (!isKind(answer[name], kind)) {
				throw new Error(`The answer of ${path} has no ${wanted[kind]} "${name}"`);
			}
		}
		return answer;
	};
}

const wanted: Record<Kind, string> = {
	text: 'text',
	number: 'number',
	texts: 'list of texts',
	object: 'object',
};

function endpoint<Answer extends IDataObject>(
	method: 'GET' | 'POST',
	path: string,
	fields: Record<string, Kind>,
): Endpoint<Answer> {
	return { method, path, fields: Object.keys(fields), parse: reader<Answer>(path, fields) };
}

/** An answer of an endpoint that nobody described: an object as it is, anything else in `body`. */
function anyAnswer(body: unknown): IDataObject {
	return isKind(body, 'object') ? (body as IDataObject) : { body: body as IDataObject[string] };
}

/** The six endpoints of the contract, and whatever else a service may have. */
export const endpoints = {
	any: { method: 'POST', path: '/', fields: [], parse: anyAnswer } satisfies Endpoint<IDataObject>,
	info: endpoint<StatusAnswer>('GET', '/', { status: 'text', service: 'text' }),
	health: endpoint<StatusAnswer>('GET', '/health', { status: 'text', service: 'text' }),
	cleanup: endpoint<CleanupAnswer>('POST', '/cleanup', { cleaned_text: 'text', changes: 'texts' }),
	tag: endpoint<TagAnswer>('POST', '/tag', { tagged_text: 'text', tags: 'texts' }),
	refine: endpoint<RefineAnswer>('POST', '/refine', {
		refined_text: 'text',
		specialist: 'text',
		confidence: 'number',
		improvements: 'texts',
	}),
	select: endpoint<SelectAnswer>('POST', '/select', { selected: 'object', strategy: 'text' }),
};
