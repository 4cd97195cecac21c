import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticationFields } from './authentication';

export class ArtificerApi implements ICredentialType {
	name = 'artificerApi';

	displayName = 'Artificer API';

	icon = {
		light: 'file:../nodes/Artificer/artificer.svg',
		dark: 'file:../nodes/Artificer/artificer.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-artificer/n8n-nodes-artificer#readme';

	properties: INodeProperties[] = [
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			required: true,
			default: 'localhost:50051',
			placeholder: 'e.g. artificer.example.com:50051',
			description:
				'Host and port of the Artificer server. Several numeric addresses, separated by commas, share the calls.',
		},
		{
			displayName: 'Security',
			name: 'security',
			type: 'options',
			options: [
				{
					name: 'None (Plaintext)',
					value: 'plaintext',
					description: 'For a server on the same machine or in a trusted network',
				},
				{
					name: 'TLS',
					value: 'tls',
					description: "Encrypted; the server's certificate is checked",
				},
				{
					name: 'Mutual TLS',
					value: 'mutualTls',
					description: 'Encrypted; the server checks a certificate of yours, too',
				},
			],
			default: 'plaintext',
		},
		{
			displayName: 'CA Certificate',
			name: 'publicCaCertificate',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			displayOptions: { show: { security: ['tls', 'mutualTls'] } },
			description:
				"The authority that signed the server's certificate, as PEM. Leave empty for a publicly trusted one.",
		},
		{
			displayName: 'Client Certificate',
			name: 'publicClientCertificate',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: '-----BEGIN CERTIFICATE-----',
			displayOptions: { show: { security: ['mutualTls'] } },
			description: 'Your certificate, as PEM',
		},
		{
			displayName: 'Client Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { rows: 4, password: true },
			required: true,
			default: '',
			displayOptions: { show: { security: ['mutualTls'] } },
			description: 'The private key of your certificate, as PEM',
		},
		{
			displayName: 'Server Name',
			name: 'serverName',
			type: 'string',
			default: '',
			placeholder: 'e.g. artificer.internal',
			displayOptions: { show: { security: ['tls', 'mutualTls'] } },
			description: "The name in the server's certificate, where it is not the host in the address",
		},
		...authenticationFields('ARTIFICER_API_KEY'),
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Metadata',
			description: 'Further headers that are sent with each call',
			options: [
				{
					displayName: 'Entry',
					name: 'entries',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		{
			displayName: 'Largest Message (MB)',
			name: 'maxMessageMb',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 2047 },
			default: 256,
			description: 'The largest file or answer that may pass. The server has a limit of its own.',
		},
	];
}
