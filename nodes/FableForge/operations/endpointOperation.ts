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
		hint: simulationHint,
	};
	return operation;
}

/** Said where an answer was made up by a simulator, as the local server does while it has no model. */
export function simulationHint(answer: unknown): string | undefined {
	const simulated = (answer as { engine?: unknown } | null)?.engine === 'simulated';
	return simulated
		? 'These are simulated results: the FableForge service has no language model configured. See FABLEFORGE_LLM_BASE_URL in its documentation.'
		: undefined;
}
