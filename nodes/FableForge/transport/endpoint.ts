import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

/** An endpoint of FableForge. `parse` reads its answer, and throws a sentence where that has the wrong shape. */
export interface Endpoint<Answer = unknown> {
	method: IHttpRequestMethods;
	/** Begins with a slash; joined to the credential's base URL. */
	path: string;
	/** The fields that an answer has at least. */
	fields: string[];
	parse(body: unknown): Answer;
}

/** What an operation sends. */
export interface EndpointRequest {
	query?: IDataObject;
	body?: IDataObject;
	/** Besides those of the credential. */
	headers?: Record<string, string>;
	/** Where the user chooses them (Call Endpoint), instead of the endpoint's own. */
	method?: IHttpRequestMethods;
	path?: string;
}
