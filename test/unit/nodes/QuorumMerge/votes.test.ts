import { NodeOperationError, type INode, type INodeExecutionData } from 'n8n-workflow';

import type { Input } from '../../../../nodes/QuorumMerge/inputs';
import {
	fieldOf,
	groupOf,
	objectionTo,
	voterOf,
	type Reading,
} from '../../../../nodes/QuorumMerge/votes';

const answer = { refined_text: '안녕', specialist: 'prose', confidence: 0.8, improvements: [] };

const node: INode = {
	id: '1',
	name: 'Refine',
	type: 'n8n-nodes-artificer.fableForge',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function objection(item: INodeExecutionData, reading: Partial<Reading> = {}): string | undefined {
	return objectionTo(item, {
		groupBy: { kind: 'all' },
		voterField: 'specialist',
		requiredFields: [],
		least: undefined,
		...reading,
	});
}

describe('what is told from a failure', () => {
	// Broken by an objection to a plain success.
	test('a successful vote of Refine counts, and so does an answer of any other node', () => {
		const vote = { specialist: 'prose', status: 'success', result: answer, source: 'a' };
		expect(objection({ json: vote })).toBeUndefined();
		expect(objection({ json: answer })).toBeUndefined();
	});

	// Broken by judging by a key `error`, which a failed vote has not.
	test.each(['failed', 'cancelled'])('a %s vote of Refine says why', (status) => {
		const failure = { message: 'FableForge could not do it (status 500)', kind: 'server' };
		expect(objection({ json: { specialist: 'prose', status, failure } })).toBe(failure.message);
	});

	// Broken by recognising failed items by their exact keys: n8n adds the input's fields on the error output.
	test('a failed item is one even with the fields of its input beside it', () => {
		const failed = {
			error: 'No answer within 60 s',
			message: 'No answer within 60 s',
			details: {},
		};
		expect(objection({ json: failed })).toBe('No answer within 60 s');
		const withInput = { ...failed, refined_text: 'old', confidence: 1, document_id: 7 };
		expect(objection({ json: withInput }, { requiredFields: ['refined_text'] })).toBe(
			'No answer within 60 s',
		);
	});

	// Broken by reading only `json.error`: nodes that set `item.error` may leave json as it was.
	test("an item that carries n8n's own mark is a failure", () => {
		const error = new NodeOperationError(node, 'The resource could not be found');
		expect(objection({ json: { refined_text: 'x' }, error })).toBe(
			'The resource could not be found',
		);
	});

	// Broken by taking the words only from a text: HTTP Request gives an object.
	test("another node's failure in an object gives its words", () => {
		expect(objection({ json: { error: { message: '503 - busy', code: '503' } } })).toBe(
			'503 - busy',
		);
		expect(objection({ json: { error: { code: '503' } } })).toBe('It did not succeed');
	});

	// Broken by an empty `error` field that is taken for a failure.
	test.each([null, '', undefined, false])('an error of %p is no failure', (error) => {
		expect(objection({ json: { error, refined_text: 'x' } })).toBeUndefined();
	});

	// Broken by taking a node's input, passed through under "Continue", for its answer.
	test('an item passed through has no required field', () => {
		const passed = { json: { text: '안녕', language: 'kor' } };
		expect(objection(passed)).toBeUndefined();
		expect(objection(passed, { requiredFields: ['refined_text'] })).toBe(
			'It has no field "refined_text"',
		);
	});

	// Broken by an empty field that is taken for an answer, or a zero that is not.
	test('an empty required field is no field, but 0 and false are', () => {
		expect(objection({ json: { refined_text: '' } }, { requiredFields: ['refined_text'] })).toBe(
			'It has no field "refined_text"',
		);
		const answers = { json: { score: 0, checked: false } };
		expect(objection(answers, { requiredFields: ['score', 'checked'] })).toBeUndefined();
	});

	// Broken by looking for fields only at the top: a vote has its answer in `result`.
	test('required fields and the least number are found in the result of a vote', () => {
		const vote = { json: { specialist: 'prose', status: 'success', result: answer } };
		const least = { field: 'confidence', value: 0.8 };
		expect(objection(vote, { requiredFields: ['refined_text'], least })).toBeUndefined();
		expect(objection(vote, { least: { ...least, value: 0.81 } })).toBe(
			'Its confidence is 0.8, but a number from 0.81 up is needed',
		);
	});

	// Broken by a comparison that lets a missing number or a text pass.
	test.each([
		[undefined, 'not there'],
		[null, 'not there'],
		['0.9', '"0.9"'],
		[Number.NaN, 'null'],
	])('a confidence of %p does not reach 0.7', (value, told) => {
		const item = { json: { ...answer, confidence: value } };
		expect(objection(item, { least: { field: 'confidence', value: 0.7 } })).toBe(
			`Its confidence is ${told}, but a number from 0.7 up is needed`,
		);
	});
});

describe('who votes, and on what', () => {
	const one = input('Refine');

	// Broken by a voter named after its place although it has a name.
	test('the voter field names the voter', () => {
		expect(voterOf({ json: { specialist: 'prose' } }, one, 0, 1, 'specialist')).toBe('prose');
		expect(voterOf({ json: { result: answer } }, one, 0, 1, 'specialist')).toBe('prose');
	});

	// Broken by several branches that all vote under the same name.
	test('without a name, the branch votes, and in a single input the place', () => {
		expect(voterOf({ json: {} }, input('HTTP Request 2'), 0, 5, 'specialist')).toBe(
			'HTTP Request 2',
		);
		expect(voterOf({ json: {} }, one, 3, 1, 'specialist')).toBe('item 3');
	});

	// Broken by groups that only texts can name.
	test('a group is named by a text, a number or an object', () => {
		const by = { kind: 'field', field: 'document.id' } as const;
		expect(groupOf({ json: { document: { id: 7 } } }, by)).toBe('7');
		expect(groupOf({ json: { document: { id: 'seven' } } }, by)).toBe('seven');
		expect(groupOf({ json: { document: { id: { part: 1 } } } }, by)).toBe('{"part":1}');
		expect(groupOf({ json: { result: { document: { id: 0 } } } }, by)).toBe('0');
	});

	// Broken by items without a source that are judged apart.
	test('items without the field are together, and so are all where that was chosen', () => {
		expect(groupOf({ json: {} }, { kind: 'source' })).toBe('');
		expect(groupOf({ json: { source: null } }, { kind: 'source' })).toBe('');
		expect(groupOf({ json: { source: 'a' } }, { kind: 'source' })).toBe('a');
		expect(groupOf({ json: { source: 'a' } }, { kind: 'all' })).toBe('');
	});
});

describe('a field by its path', () => {
	// Broken by a path that throws where something on the way is no object.
	test.each([{}, { a: null }, { a: 'text' }, { a: 1 }, { result: null }, { result: 'text' }])(
		'is nothing in %j',
		(json) => {
			expect(fieldOf(json, 'a.b')).toBeUndefined();
		},
	);

	// Broken by a path that finds what no item holds.
	test.each(['constructor', 'toString', '__proto__', 'a.constructor.name', 'text.length'])(
		'finds nothing by the name %s, which items have not',
		(path) => {
			expect(fieldOf({ a: {}, text: 'abc' }, path)).toBeUndefined();
		},
	);

	// Broken by a result that hides the item's own field.
	test("prefers the item's own field to the one in its result", () => {
		expect(fieldOf({ confidence: 1, result: { confidence: 2 } }, 'confidence')).toBe(1);
	});

	// Broken by field names with a dot in them, which users have, too.
	test('finds a name that holds a dot', () => {
		expect(fieldOf({ 'score.final': 3 }, 'score.final')).toBe(3);
	});
});

function input(branch: string): Input {
	return { index: 0, branch, source: undefined, items: [] };
}
