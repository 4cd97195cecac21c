import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { N8nSender } from './n8nSender';

// Broken by a request that leaves the limit to n8n, whose own of 300 s would cut off whoever allows
// more: here it is made so short that nobody has to wait for it.
it("a request of the node outlasts the limit of n8n's own client", async () => {
	const n8n = await N8nSender.start();
	const server = createServer((_, response) => {
		setTimeout(() => response.end('{"status": "late"}'), 1500);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		await n8n.limitTo(300);
		// The limit holds for whoever says nothing.
		expect(await n8n.sendPlainly(url)).toMatchObject({ thrown: { code: 'ECONNABORTED' } });
		const answer = await n8n.send({
			method: 'GET',
			url,
			query: {},
			headers: {},
			body: undefined,
			signal: new AbortController().signal,
			ca: undefined,
			skipCertificateCheck: false,
		});
		expect(answer).toMatchObject({ status: 200, body: { status: 'late' } });
	} finally {
		server.close();
		await n8n.close();
	}
});
