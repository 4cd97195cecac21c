import { artificerRetryWaits, rpcOperation } from '../rpcOperation';

export const getMetrics = rpcOperation('MetricsService', 'GetMetrics', {
	resource: 'service',
	name: 'getMetrics',
	displayName: 'Get Metrics',
	action: 'Get metrics of service',
	description:
		'Read how many calls the server has answered, how fast, and how many did not succeed',
	aliases: ['metrics', 'statistics', 'latency', 'monitoring'],
	idempotent: true,
	timeoutSeconds: 10,
	retryWaits: artificerRetryWaits,
	fields: [],
	toRequest() {
		return {};
	},
	fromResponse({ service, overall, endpoints }) {
		return {
			json: { service: { ...service }, overall: { ...overall }, endpoints: { ...endpoints } },
		};
	},
});
