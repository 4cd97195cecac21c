import type { ItemOperation, Operation } from '../../shared/operation';
import type { Endpoint, EndpointRequest } from '../transport/endpoint';

/** Declares an operation for an endpoint; the type of its answer follows from the endpoint. */
export function endpointOperation<Answer>(
	call: Endpoint<Answer>,
	record: Omit<ItemOperation<Endpoint, EndpointRequest, Answer>, 'call' | 'shape'>,
): Operation<Endpoint> {
	const operation: ItemOperation<Endpoint, EndpointRequest, Answer> = {
		...record,
		shape: 'item',
		call,
	};
	return operation;
}
