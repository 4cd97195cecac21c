import type { Endpoint } from '../../../../nodes/FableForge/transport/endpoint';
import { endpoints } from '../../../../nodes/FableForge/transport/endpoints';

/** What the contract says that each endpoint answers. */
const answers: Array<[keyof typeof endpoints, string, Record<string, unknown>]> = [
	['info', 'GET /', { service: 'FableForge', status: 'running' }],
	['health', 'GET /health', { status: 'healthy', service: 'FableForge' }],
	['cleanup', 'POST /cleanup', { cleaned_text: 'a', changes: ['b'] }],
	['tag', 'POST /tag', { tagged_text: 'a', language: 'kor', tags: [] }],
	[
		'refine',
		'POST /refine',
		{ refined_text: 'a', specialist: 'prose', confidence: 0, improvements: [] },
	],
	[
		'select',
		'POST /select',
		{ selected: { refined_text: 'a', method: 'vote' }, strategy: 'vote', candidates_count: 1 },
	],
];

/** Fields of the contract that a node can do without. */
const dispensable = new Set(['language', 'candidates_count']);

describe.each(answers)('the endpoint %s', (name, address, answer) => {
	const endpoint: Endpoint = endpoints[name];

	// Broken by an endpoint at another address than the contract's.
	test('is at the address of the contract', () => {
		expect(`${endpoint.method} ${endpoint.path}`).toBe(address);
	});

	// Broken by an answer of the contract that is refused, or fields of a newer service that are lost.
	test('takes the answer of the contract, and what a service adds to it', () => {
		expect(endpoint.parse({ ...answer, simulated: true })).toEqual({ ...answer, simulated: true });
	});

	// Broken by an answer without its main field that goes on as a success.
	test('refuses an answer without one of its fields, and names it', () => {
		for (const field of Object.keys(answer).filter((one) => !dispensable.has(one))) {
			for (const wrong of [undefined, null, Number.NaN, [1]]) {
				expect(() => endpoint.parse({ ...answer, [field]: wrong })).toThrow(
					new RegExp(`^The answer of ${endpoint.path} has no [a-z ]+ "${field}"$`),
				);
			}
		}
	});

	// Broken by a web page of another service that is taken for an answer.
	test.each(['<html></html>', '', null, undefined, [], 7])('refuses %j', (body) => {
		expect(() => endpoint.parse(body)).toThrow(
			`The answer of ${endpoint.path} is not a JSON object`,
		);
	});
});

describe('an endpoint that nobody described', () => {
	// Broken by an answer that n8n can't show: an item is an object.
	test.each([
		[{ a: 1 }, { a: 1 }],
		['text', { body: 'text' }],
		[[1, 2], { body: [1, 2] }],
		[null, { body: null }],
	])('answers %j: the item has %j', (body, json) => {
		expect(endpoints.any.parse(body)).toEqual(json);
	});
});
