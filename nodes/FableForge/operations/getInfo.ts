import { endpoints } from '../transport/endpoints';
import { endpointOperation } from './endpointOperation';

export const getInfo = endpointOperation(endpoints.info, {
	resource: 'service',
	name: 'getInfo',
	displayName: 'Get Info',
	action: 'Get info of service',
	description: 'Ask the service for its name and status',
	aliases: ['service info', 'version', 'about'],
	idempotent: true,
	cacheSeconds: 0,
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
