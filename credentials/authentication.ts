import type { INodeProperties } from 'n8n-workflow';

/** How a caller identifies itself, as both credentials hold it. */
export interface Authentication {
	authentication: 'none' | 'bearerToken' | 'apiKey';
	token?: string;
	/** Name of the header that carries the key; `x-api-key` where it is empty. */
	headerName?: string;
	apiKey?: string;
}

/** The headers (or gRPC metadata) that identify the caller; the one place where they are made. */
export function headersOf(credential: Authentication): Record<string, string> {
	if (credential.authentication === 'bearerToken') {
		return { authorization: `Bearer ${credential.token ?? ''}` };
	}
	if (credential.authentication === 'apiKey') {
		const name = credential.headerName?.trim() || 'x-api-key';
		return { [name.toLowerCase()]: credential.apiKey ?? '' };
	}
	return {};
}

/** What of it nobody may read in a message or log. */
export function secretsOf({ token, apiKey }: Authentication): Array<string | undefined> {
	return [token, apiKey];
}

/**
 * The fields for it.
 *
 * @param localVariable the environment variable by which the local server is told its token
 */
export function authenticationFields(localVariable: string): INodeProperties[] {
	return [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey', description: 'A key in a header of your choice' },
				{
					name: 'Bearer Token',
					value: 'bearerToken',
					description: 'A token in the header authorization',
				},
				{ name: 'None', value: 'none', description: 'The service asks for nothing' },
			],
			default: 'none',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['bearerToken'] } },
			description: `The service's bearer token (${localVariable} of the local server)`,
		},
		{
			displayName: 'API Key Header',
			name: 'headerName',
			type: 'string',
			required: true,
			default: 'x-api-key',
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'Name of the header that carries the key',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
	];
}
