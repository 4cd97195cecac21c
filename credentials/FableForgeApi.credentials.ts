import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { pem } from '../nodes/shared/pem';
import { authenticationFields, headersOf, type Authentication } from './authentication';

/** The fields of this credential, as n8n hands them over. */
export interface FableForgeCredential extends Authentication {
	/** Without a path, e.g. `http://localhost:8080`. */
	baseUrl: string;
	/** PEM of the authority that signed the server's certificate, where it isn't publicly trusted. */
	publicCaCertificate?: string;
	/** Whether the server's certificate goes unchecked. */
	ignoreTlsIssues?: boolean;
}

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
		...authenticationFields('FABLEFORGE_API_KEY'),
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

	/** Puts the caller's headers and the own authority into a request: n8n's HTTP Request node uses it. */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const fields = credential as unknown as FableForgeCredential;
		const ca = pem(fields.publicCaCertificate, 'CA Certificate');
		return {
			...request,
			headers: { ...request.headers, ...headersOf(fields) },
			skipSslCertificateValidation: fields.ignoreTlsIssues === true,
			...(ca && { agentOptions: { ...request.agentOptions, ca } }),
		};
	}
}
