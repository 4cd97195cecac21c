import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { headersOf, type FableForgeCredential } from './fableForgeAuthentication';

export class FableForgeApi implements ICredentialType {
	name = 'fableForgeApi';

	displayName = 'FableForge API';

	icon = {
		light: 'file:../nodes/FableForge/fableforge.svg',
		dark: 'file:../nodes/FableForge/fableforge.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-artificer/n8n-nodes-artificer#readme';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'http://localhost:8080',
			placeholder: 'e.g. https://fableforge.example.com',
			description: 'Where the FableForge service listens',
		},
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
			description: "The service's bearer token (FABLEFORGE_API_KEY of the local server)",
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
		{
			displayName: 'CA Certificate',
			name: 'publicCaCertificate',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			description:
				"The authority that signed the service's certificate, as PEM. Leave empty for a publicly trusted one.",
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreTlsIssues',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect even when the certificate is not trusted. Anyone in between could then read along.',
		},
	];

	/** Puts the caller's headers and the own authority into a request: n8n's test button and HTTP Request node use it. */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const fields = credential as unknown as FableForgeCredential;
		const ca = fields.publicCaCertificate?.trim();
		return {
			...request,
			headers: { ...request.headers, ...headersOf(fields) },
			skipSslCertificateValidation: fields.ignoreTlsIssues === true,
			...(ca && { agentOptions: { ...request.agentOptions, ca } }),
		};
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/health',
		},
	};
}
