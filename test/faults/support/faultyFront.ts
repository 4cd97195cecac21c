import {
	createServer,
	request,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * What the front does to a request: hands it on, never answers it, answers 500, or closes the
 * connection in the middle of the real answer.
 */
export type Fault = 'none' | 'hang' | 'refuse' | 'cut';

/** A front before a real HTTP service that can be made to misbehave. */
export class FaultyFront {
	fault: Fault = 'none';
	/** How many requests it has treated badly. */
	struck = 0;

	private constructor(
		private readonly server: Server,
		readonly url: string,
	) {}

	/** @param service address of the service behind it */
	static async before(service: string): Promise<FaultyFront> {
		const server = createServer();
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;
		const front = new FaultyFront(server, `http://127.0.0.1:${port}`);
		server.on('request', (asked: IncomingMessage, answer: ServerResponse) =>
			front.treat(asked, answer, service),
		);
		return front;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
		await once(this.server, 'close');
	}

	private treat(asked: IncomingMessage, answer: ServerResponse, service: string): void {
		const { fault } = this;
		if (fault !== 'none') this.struck += 1;
		if (fault === 'hang') return;
		if (fault === 'refuse') {
			answer.writeHead(500, { 'content-type': 'application/json' });
			answer.end(JSON.stringify({ detail: 'Out of order for a test' }));
			return;
		}
		const { method, headers, url = '/' } = asked;
		const onward = request(new URL(url, service), { method, headers }, (given) => {
			answer.writeHead(given.statusCode ?? 502, given.headers);
			if (fault === 'none') given.pipe(answer);
			else given.once('data', (bytes: Buffer) => this.cut(answer, bytes));
		});
		onward.once('error', () => answer.destroy());
		asked.pipe(onward);
	}

	private cut(answer: ServerResponse, bytes: Buffer): void {
		answer.write(bytes.subarray(0, bytes.length / 2), () => answer.destroy());
	}
}
