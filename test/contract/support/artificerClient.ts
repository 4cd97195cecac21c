import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const PROTO = join(__dirname, '..', '..', '..', 'proto');
const SERVICES = ['Conversion', 'Image', 'Metrics', 'PDF', 'Text'];

const definition = loadSync(
	SERVICES.map((name) => `artificer/${name.toLowerCase()}_service.proto`),
	{
		includeDirs: [PROTO],
		keepCase: true,
		longs: Number,
		enums: String,
		defaults: true,
		oneofs: true,
	},
);

/** What a message looks like to a test: the contract's names, whatever type a field has. */
export interface Message {
	readonly [field: string]: MessageField;
}
export type MessageField = string | number | boolean | Buffer | Message | MessageField[];

export interface CallOptions {
	metadata?: Record<string, string>;
	/** Aborting cancels the call. */
	signal?: AbortSignal;
	/** Ms from now. */
	deadlineMs?: number;
}

/** A plain client of the contract, so that the server is tested apart from the nodes' transport. */
export class ArtificerClient {
	private readonly client: grpc.Client;

	constructor(address: string, credentials = grpc.credentials.createInsecure()) {
		this.client = new grpc.Client(address, credentials, {
			'grpc.max_receive_message_length': -1,
			'grpc.max_send_message_length': -1,
		});
	}

	/** Calls a unary RPC, such as `TextService/CountTokens`. Rejects with the ServiceError. */
	call<Response = Message>(
		rpc: string,
		request: object = {},
		options: CallOptions = {},
	): Promise<Response> {
		const method = methodOf(rpc);
		return new Promise((resolve, reject) => {
			const call = this.client.makeUnaryRequest(
				method.path,
				method.requestSerialize,
				method.responseDeserialize,
				request,
				metadataOf(options),
				callOptions(options),
				(error, response) => (error ? reject(error) : resolve(response as Response)),
			);
			options.signal?.addEventListener('abort', () => call.cancel(), { once: true });
		});
	}

	/**
	 * Calls a unary RPC with a request as bytes: for what no client's library would write, such as
	 * text that is no UTF-8. Fields are by number; bytes have a length, and true is a 1.
	 */
	callRaw(rpc: string, request: Buffer | Record<number, Buffer | true>): Promise<Message> {
		const method = methodOf(rpc);
		const bytes = Buffer.isBuffer(request) ? request : encoded(request);
		return new Promise((resolve, reject) => {
			this.client.makeUnaryRequest(
				method.path,
				(message: Buffer) => message,
				method.responseDeserialize,
				bytes,
				(error, response) => (error ? reject(error) : resolve(response as Message)),
			);
		});
	}

	/** Calls a server-streaming RPC; the stream's failure is thrown where it is read. */
	stream(
		rpc: string,
		request: object,
		options: CallOptions = {},
	): grpc.ClientReadableStream<Message> {
		const method = methodOf(rpc);
		return this.client.makeServerStreamRequest(
			method.path,
			method.requestSerialize,
			method.responseDeserialize as (bytes: Buffer) => Message,
			request,
			metadataOf(options),
			callOptions(options),
		);
	}

	/** All messages of a streaming RPC. */
	async all(rpc: string, request: object, options: CallOptions = {}): Promise<Message[]> {
		const messages: Message[] = [];
		for await (const message of this.stream(rpc, request, options))
			messages.push(message as Message);
		return messages;
	}

	close(): void {
		this.client.close();
	}
}

/** A number as the wire has it: seven bits a byte, the lowest first. */
function varint(value: number): number[] {
	return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))];
}

/** A message of fields that have a length, and of switches. */
export function encoded(fields: Record<number, Buffer | true>): Buffer {
	const parts = Object.entries(fields).flatMap(([number, value]) => {
		const key = Number(number) * 8;
		if (value === true) return [Buffer.from([...varint(key), 1])];
		return [Buffer.from([...varint(key + 2), ...varint(value.length)]), value];
	});
	return Buffer.concat(parts);
}

function methodOf(rpc: string) {
	const [service = '', name = ''] = rpc.split('/');
	const method = (definition[`artificer.${service}`] as grpc.ServiceDefinition | undefined)?.[name];
	if (method === undefined) throw new Error(`the contract has no RPC ${rpc}`);
	return method;
}

function metadataOf({ metadata = {} }: CallOptions): grpc.Metadata {
	const result = new grpc.Metadata();
	for (const [name, value] of Object.entries(metadata)) result.set(name, value);
	return result;
}

function callOptions({ deadlineMs }: CallOptions): grpc.CallOptions {
	return deadlineMs === undefined ? {} : { deadline: Date.now() + deadlineMs };
}

/** The failure of a call that has to fail: its status' name and details. */
export async function failureOf(
	call: Promise<object>,
): Promise<{ status: string; details: string }> {
	try {
		await call;
	} catch (error) {
		const { code, details } = error as grpc.ServiceError;
		if (typeof code !== 'number') throw error;
		return { status: grpc.status[code] ?? String(code), details };
	}
	throw new Error('the call succeeded, but had to fail');
}
