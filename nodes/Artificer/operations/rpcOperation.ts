import type { ItemOperation, Operation } from '../../shared/operation';
import type { MethodOf, RequestOf, ResponseOf, Rpc, Service } from '../transport/services';

/** Declares an operation for a unary RPC; the types of request and answer follow from the RPC's name. */
export function rpcOperation<S extends Service, M extends MethodOf<S>>(
	service: S,
	method: M,
	record: Omit<ItemOperation<Rpc, RequestOf<S, M>, ResponseOf<S, M>>, 'call' | 'shape'>,
): Operation<Rpc> {
	const operation: ItemOperation<Rpc, RequestOf<S, M>, ResponseOf<S, M>> = {
		...record,
		shape: 'item',
		call: { service, method },
	};
	return operation;
}

/** Default waits of every Artificer operation, in seconds: the guide's two retries after five seconds. */
export const artificerRetryWaits = [5, 5];

/** Default time limit of an operation that reads or renders documents, in seconds; OCR of a page takes 2 to 4. */
export const documentTimeoutSeconds = 300;

/** Default time limit of an operation that works on text alone, in seconds. */
export const textTimeoutSeconds = 60;
