import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from './operation';
import { atOnceSetting } from './settings';

/** The options that every operation has, with the operation's own defaults filled in. Sorted by name. */
export function settingFields(operation: Operation<unknown>): INodeProperties[] {
	const { timeoutSeconds, retryWaits } = operation;
	const { name: atOnceName, standard: atOnce } = atOnceSetting(operation);
	const retries = retryWaits.length;
	const cacheMinutes = operation.cacheSeconds / 60;
	return [
		{
			displayName: 'Cache (Minutes)',
			name: 'cacheMinutes',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1440 },
			default: cacheMinutes,
			description: `How long the answer to the very same request is kept and given again without asking, in the memory of this n8n process or in the folder that its workers share. 0 asks every time. Without this option: ${cacheMinutes}.`,
		},
		{
			displayName: 'Include Input Fields',
			name: 'includeInput',
			type: 'boolean',
			default: true,
			description:
				'Whether each result also carries the fields of the item that it came from. Items that did not succeed never do.',
		},
		{
			displayName: atOnceName,
			name: 'atOnce',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: atOnce,
			description: `How many calls may be under way at the same time. Without this option: ${atOnce}.`,
		},
		{
			displayName: 'Retries',
			name: 'retries',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 20 },
			default: retries,
			description: `How often a call is tried again, per item and only where another try can help. Without this option: ${retries}.`,
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 3 },
			default: timeoutSeconds,
			description: `How long one try may take. Without this option: ${timeoutSeconds}.`,
		},
		{
			displayName: 'Wait Jitter',
			name: 'retryJitter',
			type: 'boolean',
			default: true,
			description:
				'Whether each wait is shortened by chance, to half at the most, so that many calls do not come back at the same moment',
		},
		{
			displayName: 'Waits Between Tries (Seconds)',
			name: 'retryWaits',
			type: 'string',
			default: retryWaits.join(', '),
			placeholder: 'e.g. 10, 30, 60',
			description:
				'The waits before each further try, separated by commas; the last one serves for all that follow, so a single number is the same wait each time',
		},
		{
			displayName: 'Waits Double',
			name: 'retryDoubling',
			type: 'boolean',
			default: true,
			description: 'Whether the last wait doubles from try to try instead of staying the same',
		},
	];
}
