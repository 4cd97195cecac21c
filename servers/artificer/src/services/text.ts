import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { unary } from '../calls/answer.js';
import { invalid } from '../calls/failure.js';
import type { CalculateContextWindowRequest__Output } from '../generated/artificer/CalculateContextWindowRequest.js';
import type { CalculateContextWindowResponse } from '../generated/artificer/CalculateContextWindowResponse.js';
import { notNegative } from '../rpcs/arguments.js';
import type { ServiceContext } from './context.js';
import { inWorker } from './raw.js';

/** Shares a model's window out; computes so little that no worker is asked. */
async function calculateContextWindow(
	request: CalculateContextWindowRequest__Output,
): Promise<CalculateContextWindowResponse> {
	const { model_context_window } = request;
	const reserved_for_output = notNegative('output_tokens', request.output_tokens);
	const reserved_for_system = notNegative('system_tokens', request.system_tokens);
	const available_for_history = model_context_window - reserved_for_output - reserved_for_system;
	if (available_for_history < 0) {
		throw invalid(
			`model_context_window is ${model_context_window}, but output_tokens and system_tokens ` +
				`together take ${reserved_for_output + reserved_for_system}. Make the window larger or ` +
				'the reserves smaller.',
		);
	}
	const recent_messages_window = Math.floor(available_for_history / 4);
	return {
		model_context_window,
		reserved_for_output,
		reserved_for_system,
		available_for_history,
		recent_messages_window,
		summary_window: available_for_history - recent_messages_window,
	};
}

export function textService({ pool }: ServiceContext): UntypedServiceImplementation {
	return {
		...inWorker(pool, 'TextService'),
		CalculateContextWindow: unary(calculateContextWindow),
	};
}
