import { rpcOperation } from '../rpcOperation';

export const getMetrics = rpcOperation('MetricsService', 'GetMetrics', {
	resource: 'service',
	name: 'getMetrics',
	displayName: 'Get Metrics',
	action: 'Get metrics of service',
	description:
		'Read how many calls the server has answered, how fast, and how many did not succeed',
	aliases: ['metrics', 'statistics', 'latency', 'monitoring'],
	timeoutSeconds: 10,
	fields: [
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
	],
	toMessage() {
		return {};
	},
	fromResponse({ service, overall, endpoints }, item) {
		if (!item.field<boolean>('simplify')) {
			return {
				json: { service: { ...service }, overall: { ...overall }, endpoints: { ...endpoints } },
			};
		}
		const { name, version, uptime } = service ?? {};
		return { json: { name, version, uptime: uptime?.formatted, ...overall } };
	},
});
