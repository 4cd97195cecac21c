import type { EndpointMetrics } from '../generated/artificer/EndpointMetrics.js';
import type { OverallMetrics } from '../generated/artificer/OverallMetrics.js';

/** Percentiles are of this many of an RPC's latest calls, which bounds memory. */
const RECENT = 1000;

interface Endpoint {
	requests: number;
	errors: number;
	totalMs: number;
	minMs: number;
	maxMs: number;
	lastRequest: string;
	/** The latest durations in ms; from RECENT on, the oldest is overwritten. */
	recent: number[];
}

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The nearest-rank percentile of ascending values; 0 of none. */
function percentile(ascending: readonly number[], percent: number): number {
	const rank = Math.max(1, Math.ceil((percent / 100) * ascending.length));
	return ascending[rank - 1] ?? 0;
}

function summary(endpoint: Endpoint): EndpointMetrics {
	const ascending = [...endpoint.recent].sort((a, b) => a - b);
	return {
		request_count: endpoint.requests,
		error_count: endpoint.errors,
		error_rate: rate(endpoint.errors, endpoint.requests),
		last_request: endpoint.lastRequest,
		avg_processing_time_ms: rate(endpoint.totalMs, endpoint.requests),
		p50_ms: percentile(ascending, 50),
		p95_ms: percentile(ascending, 95),
		p99_ms: percentile(ascending, 99),
		min_time_ms: endpoint.minMs,
		max_time_ms: endpoint.maxMs,
	};
}

/** Counts and times of calls since the process started, by RPC name. */
export class CallMetrics {
	readonly startedAt = new Date();
	private readonly endpoints = new Map<string, Endpoint>();

	record(rpc: string, ms: number, failed: boolean): void {
		let endpoint = this.endpoints.get(rpc);
		if (endpoint === undefined) {
			endpoint = {
				requests: 0,
				errors: 0,
				totalMs: 0,
				minMs: Infinity,
				maxMs: 0,
				lastRequest: '',
				recent: [],
			};
			this.endpoints.set(rpc, endpoint);
		}
		endpoint.recent[endpoint.requests % RECENT] = ms;
		endpoint.requests += 1;
		endpoint.errors += failed ? 1 : 0;
		endpoint.totalMs += ms;
		endpoint.minMs = Math.min(endpoint.minMs, ms);
		endpoint.maxMs = Math.max(endpoint.maxMs, ms);
		endpoint.lastRequest = new Date().toISOString();
	}

	uptimeSeconds(): number {
		return Math.floor((Date.now() - this.startedAt.getTime()) / 1000);
	}

	overall(): OverallMetrics {
		const all = [...this.endpoints.values()];
		const sum = (of: (endpoint: Endpoint) => number): number =>
			all.reduce((total, endpoint) => total + of(endpoint), 0);
		const requests = sum((endpoint) => endpoint.requests);
		const errors = sum((endpoint) => endpoint.errors);
		return {
			total_requests: requests,
			total_errors: errors,
			error_rate: rate(errors, requests),
			avg_processing_time_ms: rate(
				sum((endpoint) => endpoint.totalMs),
				requests,
			),
			requests_per_second: requests / Math.max(1, this.uptimeSeconds()),
		};
	}

	byEndpoint(): Record<string, EndpointMetrics> {
		return Object.fromEntries([...this.endpoints].map(([rpc, of]) => [rpc, summary(of)]));
	}
}
