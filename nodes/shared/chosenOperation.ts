import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from './operation';

/** The operation that the user chose. */
export function chosenOperation<Call>(
	context: IExecuteFunctions,
	operations: Array<Operation<Call>>,
): Operation<Call> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const name = context.getNodeParameter('operation', 0) as string;
	const chosen = operations.find(
		(operation) => operation.resource === resource && operation.name === name,
	);
	if (chosen) return chosen;
	throw new NodeOperationError(
		context.getNode(),
		`This node has no operation "${name}" for the resource "${resource}"`,
		{
			description:
				name === '__CUSTOM_API_CALL__'
					? 'To call the service in a way of your own, use the HTTP Request node or the operation Call Endpoint.'
					: 'Open the node and choose one of the operations listed there.',
		},
	);
}
