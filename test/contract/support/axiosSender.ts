import { Agent } from 'node:https';

import axios from 'axios';

import type { Sender } from '../../../nodes/FableForge/transport/sender';

/** Sends by axios, outside n8n. */
export const axiosSender: Sender = async (request) => {
	const { status, headers, data } = await axios.request<unknown>({
		method: request.method,
		url: request.url,
		params: request.query,
		headers: request.headers,
		data: request.body,
		signal: request.signal,
		// Every status is an answer; what it means is read by the transport.
		validateStatus: () => true,
		// The tests' servers are on this machine, whatever proxy it has.
		proxy: false,
		httpsAgent: new Agent({ ca: request.ca, rejectUnauthorized: !request.skipCertificateCheck }),
	});
	return { status, headers: { ...headers }, body: data };
};
