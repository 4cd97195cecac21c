import { NodeOperationError, type INode } from 'n8n-workflow';

import { CallFailure, toCallFailure } from '../../../../nodes/shared/failures';
import { failedItem } from '../../../../nodes/shared/failedItems';

const node: INode = {
	id: '1',
	name: 'Artificer',
	type: 'n8n-nodes-artificer.artificer',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function itemOf(failure: CallFailure, tries = 1) {
	const timing = { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, tries };
	return failedItem({ index: 3, fileName: 'a.pdf' }, { status: 'failed', failure, ...timing });
}

describe('a failed item', () => {
	const failure = new CallFailure('lost', 'The connection to a:1 was lost', {
		hint: 'Check that the server is running.',
		status: 'UNAVAILABLE',
		server: 'a:1',
		answer: 'Connection dropped',
		retryAfterMs: 5,
	});

	// Broken by one key more or less: n8n then sends it to the success output.
	test('has exactly the keys by which n8n knows it, and a text in error', () => {
		const { json } = itemOf(failure);
		expect(Object.keys(json).sort()).toEqual(['details', 'error', 'message']);
		expect(json.error).toBe('The connection to a:1 was lost');
		expect(json.message).toBe('The connection to a:1 was lost. Check that the server is running.');
	});

	// Broken by details that a user's next node can't decide by.
	test('tells in its details all that is known', () => {
		expect(itemOf(failure, 3).json.details).toEqual({
			itemIndex: 3,
			fileName: 'a.pdf',
			kind: 'lost',
			status: 'UNAVAILABLE',
			tries: 3,
			server: 'a:1',
			answer: 'Connection dropped',
			hint: 'Check that the server is running.',
		});
	});

	// Broken by keys without a value, which n8n would show as columns.
	test('leaves out what is not known', () => {
		expect(itemOf(new CallFailure('rejected', 'No')).json).toEqual({
			error: 'No',
			message: 'No',
			details: { itemIndex: 3, fileName: 'a.pdf', kind: 'rejected', tries: 1 },
		});
	});

	// Broken by an item that is not paired with its input, or that carries n8n's own mark, which erases details.
	test("is paired with its input and doesn't carry n8n's own mark", () => {
		const item = itemOf(failure);
		expect(item.pairedItem).toEqual({ item: 3 });
		expect(item).not.toHaveProperty('error');
	});
});

describe('whatever was thrown', () => {
	// Broken by a failure that is wrapped a second time and so loses its kind.
	test('stays as it is where it is a failure already', () => {
		const failure = new CallFailure('busy', 'Later');
		expect(toCallFailure(failure)).toBe(failure);
	});

	// Broken by retrying what the user has to change.
	test("is an input where n8n's own failure names it, with what to do as the hint", () => {
		const thrown = new NodeOperationError(node, 'Text is empty', { description: 'Give a text.' });
		expect(toCallFailure(thrown)).toMatchObject({
			kind: 'input',
			message: 'Text is empty',
			facts: { hint: 'Give a text.' },
		});
	});

	// Broken by throwing within the handling of what was thrown.
	test.each([
		[new Error('x'), 'x'],
		['x', 'x'],
		[undefined, 'undefined'],
	])('is declined for good where nobody foresaw it: %p', (thrown, message) => {
		expect(toCallFailure(thrown)).toMatchObject({ kind: 'rejected', message });
	});
});
