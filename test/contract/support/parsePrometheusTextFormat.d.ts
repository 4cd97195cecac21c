declare module 'parse-prometheus-text-format' {
	/** One family of metrics as Prometheus' text format holds it. */
	interface MetricFamily {
		name: string;
		help: string;
		type: string;
		metrics: {
			labels?: Record<string, string>;
			/** Of a counter or gauge. */
			value?: string;
		}[];
	}
	export default function parse(text: string): MetricFamily[];
}
