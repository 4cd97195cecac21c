import { rpcOperation } from '../rpcOperation';

export const checkHealth = rpcOperation('MetricsService', 'HealthCheck', {
	resource: 'service',
	name: 'checkHealth',
	displayName: 'Check Health',
	action: 'Check health of service',
	description:
		'Ask the server whether it works, its version, and which of its engines are available',
	aliases: ['health', 'status', 'ping', 'monitoring'],
	// A health check that takes long is no health; the guide tries once more after two seconds.
	timeoutSeconds: 10,
	retryWaits: [2],
	fields: [],
	toMessage() {
		return {};
	},
	fromResponse(response) {
		return { json: { ...response } };
	},
});
