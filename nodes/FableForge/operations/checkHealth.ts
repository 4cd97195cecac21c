import { endpoints } from '../transport/endpoints';
import { endpointOperation } from './endpointOperation';

export const checkHealth = endpointOperation(endpoints.health, {
	resource: 'service',
	name: 'checkHealth',
	displayName: 'Check Health',
	action: 'Check health of service',
	description: 'Ask the service whether it works',
	aliases: ['health', 'status', 'ping', 'monitoring'],
	idempotent: true,
	cacheSeconds: 0,
	// As Artificer's: a health check that takes long is no health, and is tried once more after two seconds.
	timeoutSeconds: 10,
	retryWaits: [2],
	fields: [],
	toRequest() {
		return {};
	},
	fromResponse(answer) {
		return { json: answer };
	},
});
