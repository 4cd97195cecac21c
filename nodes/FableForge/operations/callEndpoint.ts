import type { IHttpRequestMethods } from 'n8n-workflow';

import type { Item } from '../../shared/item';
import type { EndpointRequest } from '../transport/endpoint';
import { endpoints } from '../transport/endpoints';
import { endpointOperation } from './endpointOperation';

/** Name and value pairs, as n8n's collections hold them. */
interface Pairs {
	pairs?: Array<{ name: string; value: string }>;
}

const pairValues = [
	{ displayName: 'Name', name: 'name', type: 'string' as const, default: '' },
	{ displayName: 'Value', name: 'value', type: 'string' as const, default: '' },
];

export const callEndpoint = endpointOperation(endpoints.any, {
	resource: 'service',
	name: 'callEndpoint',
	displayName: 'Call Endpoint',
	action: 'Call endpoint of service',
	description:
		'Call any path of the service, with the retries and the time limit of the other operations',
	aliases: ['webhook', 'http', 'custom', 'generic', 'request'],
	idempotent: (item) => item.field<boolean>('safeToRepeat'),
	cacheSeconds: 0,
	// Time limit and waits are the guide's for its generic webhook call.
	timeoutSeconds: 60,
	retryWaits: [10, 30, 60],
	fields: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{ name: 'DELETE', value: 'DELETE' },
				{ name: 'GET', value: 'GET' },
				{ name: 'PATCH', value: 'PATCH' },
				{ name: 'POST', value: 'POST' },
				{ name: 'PUT', value: 'PUT' },
			],
			default: 'POST',
			description: 'The HTTP method',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '/',
			placeholder: 'e.g. /refine',
			description: 'Where to, below the base URL of the credential',
		},
		{
			displayName: 'JSON Body',
			name: 'body',
			type: 'json',
			default: '{}',
			displayOptions: { hide: { method: ['GET'] } },
			description: 'What is sent, as a JSON object',
		},
		{
			displayName: 'Query Parameters',
			name: 'query',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Parameter',
			options: [{ displayName: 'Parameter', name: 'pairs', values: pairValues }],
			description: 'What is added to the path after the question mark',
		},
		{
			displayName: 'Headers',
			name: 'headers',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Header',
			options: [{ displayName: 'Header', name: 'pairs', values: pairValues }],
			description: 'Besides those that the credential brings',
		},
		{
			displayName: 'Safe to Repeat',
			name: 'safeToRepeat',
			type: 'boolean',
			default: true,
			description:
				'Whether the call may be tried again when its answer was lost, because asking twice does no harm',
		},
	],
	toRequest(item) {
		const method = item.field<IHttpRequestMethods>('method');
		const request: EndpointRequest = {
			method,
			path: pathOf(item),
			query: pairsOf(item, 'query'),
			headers: pairsOf(item, 'headers'),
		};
		return method === 'GET'
			? request
			: { ...request, body: item.object('body', 'JSON Body', '{"text": "…"}') };
	},
	fromResponse(answer) {
		return { json: answer };
	},
});

/** A path alone: with a host of its own the credential would go to a stranger. */
function pathOf(item: Item): string {
	const path = item.text('path', 'Path');
	if (path.startsWith('/') && !path.startsWith('//')) return path;
	throw item.refused(
		`Path is "${path}", but a path below the base URL is needed`,
		'It begins with one slash, such as /refine.',
	);
}

function pairsOf(item: Item, field: string): Record<string, string> {
	const { pairs = [] } = item.fieldOr<Pairs>(field, {});
	return Object.fromEntries(
		pairs.filter(({ name }) => name).map(({ name, value }) => [name, value]),
	);
}
