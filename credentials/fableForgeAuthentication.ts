/** The fields of the credential «FableForge API», as n8n hands them over. */
export interface FableForgeCredential {
	/** Without a path, e.g. `http://localhost:8080`. */
	baseUrl: string;
	authentication: 'none' | 'bearerToken' | 'apiKey';
	token?: string;
	headerName?: string;
	apiKey?: string;
	/** PEM of the authority that signed the server's certificate, where it isn't publicly trusted. */
	publicCaCertificate?: string;
	/** Whether the server's certificate goes unchecked. */
	ignoreTlsIssues?: boolean;
}

/** The headers that identify the caller; the one place where they are made. */
export function headersOf(credential: FableForgeCredential): Record<string, string> {
	if (credential.authentication === 'bearerToken') {
		return { authorization: `Bearer ${credential.token ?? ''}` };
	}
	if (credential.authentication === 'apiKey') {
		return { [(credential.headerName || 'x-api-key').toLowerCase()]: credential.apiKey ?? '' };
	}
	return {};
}
