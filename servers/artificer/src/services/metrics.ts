import { unary } from '../calls/answer.js';
import type { MetricsServiceHandlers } from '../generated/artificer/MetricsService.js';
import type { ServiceContext } from './context.js';
import type { Engines } from './engines.js';
import { SERVICE, VERSION } from './identity.js';

/** E.g. `1d 2h 3m 4s`, without leading zeros. */
function forPeople(seconds: number): string {
	const parts: [number, string][] = [
		[Math.floor(seconds / 86_400), 'd'],
		[Math.floor(seconds / 3600) % 24, 'h'],
		[Math.floor(seconds / 60) % 60, 'm'],
		[seconds % 60, 's'],
	];
	const first = parts.findIndex(([count]) => count > 0);
	return (first < 0 ? parts.slice(-1) : parts.slice(first))
		.map(([count, unit]) => `${count}${unit}`)
		.join(' ');
}

export function metricsService(
	{ metrics }: ServiceContext,
	engines: Engines,
): MetricsServiceHandlers {
	return {
		GetMetrics: unary(async () => {
			const seconds = metrics.uptimeSeconds();
			const start_time = metrics.startedAt.toISOString();
			const uptime = { seconds, formatted: forPeople(seconds), start_time };
			return {
				service: { name: SERVICE, version: VERSION, uptime },
				overall: metrics.overall(),
				endpoints: metrics.byEndpoint(),
			};
		}),
		HealthCheck: unary(async () => {
			const processors = await engines.available();
			const working = Object.values(processors).filter(Boolean).length;
			const all = Object.keys(processors).length;
			const status = working === all ? 'ok' : working > 0 ? 'degraded' : 'unhealthy';
			return { status, service: SERVICE, version: VERSION, processors };
		}),
	};
}
