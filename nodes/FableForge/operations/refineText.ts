import type { Item } from '../../shared/item';
import type { FanOutOperation, Operation } from '../../shared/operation';
import type { Endpoint, EndpointRequest } from '../transport/endpoint';
import { endpoints, type RefineAnswer } from '../transport/endpoints';
import { simulationHint } from './endpointOperation';
import { digestOf, distinct, vote } from './refineVotes';
import { languageField, textField } from './textFields';

const specialists = [
	{ name: 'Cultural', value: 'cultural', description: 'Names, customs and allusions' },
	{ name: 'Dialogue', value: 'dialogue', description: 'How people speak' },
	{
		name: 'Fluency',
		value: 'fluency',
		description: 'Whether it reads as if written in the language',
	},
	{ name: 'Narrative', value: 'narrative', description: 'Who tells it, and how it is told' },
	{ name: 'Prose', value: 'prose', description: 'Sentences, rhythm and choice of words' },
];

const refine: FanOutOperation<Endpoint, EndpointRequest, RefineAnswer> = {
	shape: 'fanOut',
	call: endpoints.refine,
	resource: 'text',
	name: 'refine',
	displayName: 'Refine',
	action: 'Refine text',
	description:
		'Have a text refined by several specialists at once, a vote each. Put a Quorum Merge behind it.',
	aliases: ['refine text', 'specialists', 'parallel', 'fan-out', 'translate'],
	idempotent: true,
	cacheSeconds: 0,
	// Time limit and waits are the guide's.
	timeoutSeconds: 60,
	retryWaits: [10, 30, 60],
	fields: [
		textField('={{ $json.tagged_text ?? $json.text }}'),
		languageField,
		{
			displayName: 'Specialists',
			name: 'specialists',
			type: 'multiOptions',
			options: specialists,
			default: ['cultural', 'dialogue', 'fluency', 'narrative', 'prose'],
			description: 'Who works on the text, all at the same time',
		},
	],
	options: [
		{
			displayName: 'Context',
			name: 'context',
			type: 'json',
			default: '{}',
			description: 'Further fields that the specialists are told, as a JSON object',
		},
		{
			displayName: 'Further Specialists',
			name: 'furtherSpecialists',
			type: 'string',
			default: '',
			placeholder: 'e.g. legal, poetry',
			description:
				'Names of specialists that your service has besides the five, separated by commas',
		},
		{
			displayName: 'One Item per Text',
			name: 'oneItemPerText',
			type: 'boolean',
			default: true,
			description:
				'Whether each text gives a single item with its candidates and failures, instead of an item for each vote',
		},
		{
			displayName: 'Stop at Quorum',
			name: 'stopAtQuorum',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 3,
			description:
				'When this many specialists of a text have succeeded, its other requests are cancelled. 0 waits for all, and so does leaving the option out.',
		},
		{
			displayName: 'Text ID',
			name: 'textId',
			type: 'string',
			default: '={{ $json.document_id }}',
			description:
				'What each vote names as its source, so that the votes for a text find together again. Without this option: a digest of the text.',
		},
	],
	hint: simulationHint,
	branches(item) {
		const further = item
			.option('furtherSpecialists', '')
			.split(',')
			.map((name) => name.trim());
		const chosen = [...item.field<string[]>('specialists'), ...further].filter(Boolean);
		if (chosen.length === 0) throw item.refused('No specialist is chosen', 'Choose one at least.');
		return [...new Set(chosen)];
	},
	toRequest(item, specialist) {
		return {
			body: {
				context: {
					...item.object('options.context', 'Context', '{"genre": "letter"}'),
					text: item.text('text', 'Text'),
					language: item.field<string>('language'),
				},
				specialist,
			},
		};
	},
	sources(items) {
		return distinct(items.map(sourceOf));
	},
	enough(item) {
		return Number(item.option('stopAtQuorum', 0));
	},
	fromOutcomes(outcomes, source, item) {
		const votes = outcomes.map((outcome) => vote(outcome, source));
		if (!item.option('oneItemPerText', false)) return votes.map((json) => ({ json }));
		const candidates = votes.filter(({ status }) => status === 'success');
		const failures = votes.filter(({ status }) => status !== 'success');
		return [{ json: { source, candidates, failures } }];
	},
};

/** The user's own id, else a digest of the text. */
function sourceOf(item: Item): string {
	const id = String(item.option<unknown>('textId', '') ?? '');
	return id === '' ? digestOf(item.fieldOr<unknown>('text', '')) : id;
}

export const refineText: Operation<Endpoint> = refine;
