// @ts-check
import { Client, credentials } from '@grpc/grpc-js';

// Ends with 0 when the server in this container says by gRPC's own health service that it serves,
// else with 1 and a sentence. For a server without TLS: with TLS, let the orchestrator's probe ask.

/** Request: no service named, the server as a whole. Answer: field 1, the status; 1 is SERVING. */
const method = '/grpc.health.v1.Health/Check';
const serving = Buffer.from([0x08, 0x01]);

const address = `127.0.0.1:${process.env.GRPC_PORT || 50051}`;
const client = new Client(address, credentials.createInsecure());
try {
	const answer = await new Promise((resolve, reject) => {
		client.makeUnaryRequest(
			method,
			(/** @type {Buffer} */ message) => message,
			(bytes) => bytes,
			Buffer.alloc(0),
			{ deadline: Date.now() + 4_000 },
			(error, bytes) => (error ? reject(error) : resolve(bytes)),
		);
	});
	if (!serving.equals(answer)) throw new Error('it does not serve');
} catch (error) {
	console.error(`${address} isn't well: ${error instanceof Error ? error.message : error}`);
	process.exitCode = 1;
} finally {
	client.close();
}
