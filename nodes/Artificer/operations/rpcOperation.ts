import type {
	BatchOperation,
	ItemOperation,
	Operation,
	StreamOperation,
} from '../../shared/operation';
import type { Item } from '../../shared/item';
import type { RpcRequest } from '../transport/request';
import type { MethodOf, RequestOf, ResponseOf, Rpc, Service } from '../transport/services';

/** Defaults that every Artificer operation shares; a record may say otherwise. */
const shared = {
	// All of them only read and convert.
	idempotent: true,
	// The guide's two retries after five seconds.
	retryWaits: [5, 5],
	cacheSeconds: 0,
};

type Shared = keyof typeof shared;
type Derived = 'call' | 'shape' | 'toRequest' | Shared;
type SharedFields = Partial<Pick<ItemOperation<Rpc, unknown, unknown>, Shared>>;

/** What an RPC's records have in common: its message, and metadata that go beside it. */
interface Sent<Message> {
	toMessage(item: Item): Message | Promise<Message>;
	/** Metadata of the call, such as a PDF's password. */
	toMetadata?(item: Item): Record<string, string>;
}

/** Declares an operation for a unary RPC; the types of request and answer follow from the RPC's name. */
export function rpcOperation<S extends Service, M extends MethodOf<S>>(
	service: S,
	method: M,
	record: Omit<ItemOperation<Rpc, never, ResponseOf<S, M>>, Derived> &
		SharedFields &
		Sent<RequestOf<S, M>>,
): Operation<Rpc> {
	const { toMessage, toMetadata, ...declared } = record;
	const operation: ItemOperation<Rpc, RpcRequest<RequestOf<S, M>>, ResponseOf<S, M>> = {
		...shared,
		...declared,
		shape: 'item',
		call: { service, method },
		async toRequest(item) {
			return { message: await toMessage(item), metadata: toMetadata?.(item) ?? {} };
		},
	};
	return operation;
}

/** Declares an operation for an RPC that answers in many messages. */
export function streamOperation<S extends Service, M extends MethodOf<S>, Part>(
	service: S,
	method: M,
	record: Omit<StreamOperation<Rpc, never, ResponseOf<S, M>, Part>, Derived> &
		SharedFields &
		Sent<RequestOf<S, M>>,
): Operation<Rpc> {
	const { toMessage, toMetadata, ...declared } = record;
	const operation: StreamOperation<Rpc, RpcRequest<RequestOf<S, M>>, ResponseOf<S, M>, Part> = {
		...shared,
		...declared,
		shape: 'stream',
		call: { service, method },
		async toRequest(item) {
			return { message: await toMessage(item), metadata: toMetadata?.(item) ?? {} };
		},
	};
	return operation;
}

/** Declares an operation for an RPC that takes the parts of all items at once. */
export function batchOperation<S extends Service, M extends MethodOf<S>, Part, Answer>(
	service: S,
	method: M,
	record: Omit<BatchOperation<Rpc, Part, never, Answer>, Derived> &
		SharedFields & { toMessage(parts: Part[], first: Item): RequestOf<S, M> },
): Operation<Rpc> {
	const { toMessage, ...declared } = record;
	const operation: BatchOperation<Rpc, Part, RpcRequest<RequestOf<S, M>>, Answer> = {
		...shared,
		...declared,
		shape: 'batch',
		call: { service, method },
		toRequest(parts, first) {
			return { message: toMessage(parts, first) };
		},
	};
	return operation;
}

/** Default time limit of an operation that reads or renders documents, in seconds; OCR of a page takes 2 to 4. */
export const documentTimeoutSeconds = 300;

/** Default time limit of an operation that works on text alone, in seconds. */
export const textTimeoutSeconds = 60;
