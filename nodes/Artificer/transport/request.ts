import type { Metadata } from '@grpc/grpc-js';

/** What an operation sends: the RPC's request, and what goes beside it. */
export interface RpcRequest<Message = unknown> {
	message: Message;
	/** Metadata of this call, besides the credential's. */
	metadata?: Record<string, string>;
}

/** Metadata values are printable ASCII; whatever isn't goes as bytes, under a name that ends in `-bin`. */
export function withMetadata(own: Metadata, extra: Record<string, string> = {}): Metadata {
	const metadata = own.clone();
	for (const [name, value] of Object.entries(extra)) {
		if (/^[\x20-\x7e]*$/.test(value)) metadata.set(name, value);
		else metadata.set(`${name}-bin`, Buffer.from(value));
	}
	return metadata;
}
