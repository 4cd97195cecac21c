import type { IDataObject } from 'n8n-workflow';

import type { Item } from '../../shared/item';
import { endpoints } from '../transport/endpoints';
import { endpointOperation } from './endpointOperation';

export const selectBest = endpointOperation(endpoints.select, {
	resource: 'text',
	name: 'selectBest',
	displayName: 'Select Best',
	action: 'Select best text',
	description: 'Choose one of several candidates, or join them, as Quorum Merge hands them on',
	aliases: ['select', 'vote', 'ensemble', 'choose', 'best'],
	idempotent: true,
	cacheSeconds: 0,
	// Time limit and waits are the guide's.
	timeoutSeconds: 60,
	retryWaits: [5, 15],
	fields: [
		{
			displayName: 'Candidates',
			name: 'candidates',
			type: 'json',
			required: true,
			default: '={{ $json.candidates }}',
			description: 'A list of candidates: what Quorum Merge gives, or answers of Refine',
		},
		{
			displayName: 'Strategy',
			name: 'strategy',
			type: 'options',
			options: [
				{
					name: 'Ensemble',
					value: 'ensemble',
					description:
						'Weigh all candidates against each other, or join them, as the service does it',
				},
				{
					name: 'Quality Score',
					value: 'quality_score',
					description: 'The candidate with the highest confidence',
				},
				{ name: 'Vote', value: 'vote', description: 'The text that most candidates agree on' },
			],
			default: 'ensemble',
			description: 'How the choice is made',
		},
	],
	toRequest(item) {
		return {
			body: { candidates: candidatesOf(item), strategy: item.field<string>('strategy') },
		};
	},
	fromResponse(answer) {
		return { json: answer };
	},
});

/** A candidate comes as a vote, which holds the specialist's answer in `result`, or as that answer itself. */
function candidatesOf(item: Item): IDataObject[] {
	const list = item.parsed('candidates', 'Candidates', '[{"refined_text": "…", …}]');
	if (!Array.isArray(list) || list.length === 0) {
		throw item.refused(
			'Candidates is empty, but a list with one candidate at least is needed',
			'Quorum Merge gives such a list: {{ $json.candidates }}',
		);
	}
	return (list as IDataObject[]).map((candidate, position) => {
		const answer = (candidate?.result ?? candidate) as IDataObject | undefined;
		if (typeof answer?.refined_text !== 'string') {
			throw item.refused(`Candidate ${position} has no text "refined_text"`);
		}
		return answer;
	});
}
