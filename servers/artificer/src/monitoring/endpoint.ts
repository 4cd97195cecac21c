import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Monitor } from './monitor.js';

/** Serves a monitor's numbers to Prometheus, and nothing else. */
export class MetricsEndpoint {
	private constructor(
		private readonly server: Server,
		/** Where Prometheus finds them. */
		readonly url: string,
	) {}

	/** Listens; rejects with Node's own failure where it can't. */
	static async open(monitor: Monitor, host: string, port: number): Promise<MetricsEndpoint> {
		const server = createServer((request, response) => void answer(monitor, request, response));
		server.listen(port, host);
		await once(server, 'listening');
		const bound = server.address() as AddressInfo;
		const shown = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
		return new MetricsEndpoint(server, `http://${shown}:${bound.port}/metrics`);
	}

	/** Ends it at once, open connections included. */
	async close(): Promise<void> {
		if (!this.server.listening) return;
		const closed = once(this.server, 'close');
		this.server.close();
		this.server.closeAllConnections();
		await closed;
	}
}

async function answer(
	monitor: Monitor,
	{ method, url }: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const refuse = (status: number, sentence: string): void => {
		response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
		response.end(`${sentence}\n`);
	};
	if (url?.split('?')[0] !== '/metrics') return refuse(404, 'The metrics are at /metrics.');
	if (method !== 'GET' && method !== 'HEAD') return refuse(405, 'Ask for the metrics by GET.');
	const { text, contentType } = await monitor.exposition();
	response.writeHead(200, { 'content-type': contentType });
	response.end(method === 'HEAD' ? undefined : text);
}
