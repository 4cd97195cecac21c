import type * as grpc from '@grpc/grpc-js';
import { unary } from '../calls/answer.js';
import { BATCH_EXPORT, WORKER_RPCS } from '../rpcs/names.js';
import type { Pool } from '../workers/pool.js';

/** Handlers of RPCs whose messages the main thread passes on as bytes. */
export type RawHandlers = Record<string, grpc.handleUnaryCall<Buffer, Buffer>>;
/** The same, and one that streams. */
export type RawBatchHandlers = Record<
	string,
	grpc.handleUnaryCall<Buffer, Buffer> | grpc.handleServerStreamingCall<Buffer, object>
>;

const asIs = (bytes: Buffer): Buffer => bytes;

/** A service as the contract defines it, but with bytes where a worker reads and writes them. */
export function withRawMessages(
	service: string,
	definition: grpc.ServiceDefinition,
): grpc.ServiceDefinition {
	const names: readonly string[] = WORKER_RPCS;
	const entries = Object.entries(definition).map(([name, method]) => {
		const rpc = `${service}/${name}`;
		if (rpc === BATCH_EXPORT) return [name, { ...method, requestDeserialize: asIs }] as const;
		if (!names.includes(rpc)) return [name, method] as const;
		return [name, { ...method, requestDeserialize: asIs, responseSerialize: asIs }] as const;
	});
	return Object.fromEntries(entries);
}

/** Handlers of a service's RPCs that are answered in a worker. */
export function inWorker(pool: Pool, service: string): RawHandlers {
	const rpcs = WORKER_RPCS.filter((rpc) => rpc.startsWith(`${service}/`));
	return Object.fromEntries(
		rpcs.map((rpc) => [
			rpc.slice(service.length + 1),
			unary<Buffer, Buffer>(async (bytes, { signal }) => {
				const answer = await pool.run('rpc', { rpc, bytes }, signal);
				return Buffer.from(answer.buffer, answer.byteOffset, answer.length);
			}),
		]),
	);
}

/** Bytes as all workers see them without a copy of their own. */
export function share(bytes: Uint8Array): SharedArrayBuffer {
	const shared = new SharedArrayBuffer(bytes.length);
	new Uint8Array(shared).set(bytes);
	return shared;
}
