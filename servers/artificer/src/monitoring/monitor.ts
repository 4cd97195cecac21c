import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolObserver, WorkerEnd } from '../workers/pool.js';

/** Bounds in seconds: a token count takes a millisecond, a book's OCR many minutes. */
const CALL_BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];
const WAIT_BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

/** What the pool tells at the moment of a scrape. */
export interface PoolState {
	/** Jobs that wait for a worker. */
	readonly waiting: number;
	/** Jobs on a worker. */
	readonly computing: number;
}

/**
 * What Prometheus is told. Labels are names of RPCs, statuses, engines and reasons, all from short
 * fixed lists: nothing of a document, its name or its sender.
 */
export class Monitor implements PoolObserver {
	private readonly registry = new Registry();
	private readonly registers = [this.registry];

	private readonly calls = new Counter({
		name: 'artificer_calls_total',
		help: 'Calls that have ended, by RPC and name of the gRPC status',
		labelNames: ['rpc', 'status'],
		registers: this.registers,
	});
	private readonly durations = new Histogram({
		name: 'artificer_call_duration_seconds',
		help: 'From the first header of a call to its status, waiting included',
		labelNames: ['rpc'],
		buckets: CALL_BUCKETS,
		registers: this.registers,
	});
	private readonly inFlight = new Gauge({
		name: 'artificer_calls_in_flight',
		help: 'Calls that have begun and not ended',
		registers: this.registers,
	});
	private readonly waits = new Histogram({
		name: 'artificer_job_wait_seconds',
		help: 'How long jobs waited for a worker',
		buckets: WAIT_BUCKETS,
		registers: this.registers,
	});
	private readonly restarts = new Counter({
		name: 'artificer_worker_restarts_total',
		help: 'Workers that ended in the middle of a job and were replaced, by reason',
		labelNames: ['reason'],
		registers: this.registers,
	});
	private readonly pages = new Counter({
		name: 'artificer_pdf_pages_total',
		help: 'Pages of PDFs whose text was read or that were drawn',
		labelNames: ['work'],
		registers: this.registers,
	});
	private readonly ocrPages = new Counter({
		name: 'artificer_ocr_pages_total',
		help: 'Pages and pictures read by OCR, by who read them',
		labelNames: ['provider'],
		registers: this.registers,
	});
	private readonly modelFailures = new Counter({
		name: 'artificer_ocr_model_failures_total',
		help: 'Answers of the OCR model that were of no use, so that Tesseract read',
		registers: this.registers,
	});
	private readonly modelTokens = new Counter({
		name: 'artificer_ocr_model_tokens_total',
		help: 'Tokens that the OCR model used, as its server counted them',
		registers: this.registers,
	});
	private readonly modelCost = new Counter({
		name: 'artificer_ocr_model_cost_usd_total',
		help: 'What the OCR model cost in USD, by the price in the settings',
		registers: this.registers,
	});

	/** Adds what Node tells of the process: memory, processor time, event loop. */
	observeProcess(): void {
		collectDefaultMetrics({ register: this.registry });
	}

	/** Adds the pool's queue. */
	observePool(pool: PoolState): void {
		const gauge = (name: string, help: string, read: () => number): void => {
			const collect = function (this: Gauge): void {
				this.set(read());
			};
			new Gauge({ name, help, registers: this.registers, collect });
		};
		gauge('artificer_jobs_waiting', 'Jobs that wait for a worker', () => pool.waiting);
		gauge('artificer_jobs_computing', 'Jobs on a worker', () => pool.computing);
	}

	callBegan(): void {
		this.inFlight.inc();
	}

	/** `rpc` as `Service/Method`, `status` as gRPC's name of it. */
	callEnded(rpc: string, status: string, ms: number): void {
		this.inFlight.dec();
		this.calls.inc({ rpc, status });
		this.durations.observe({ rpc }, ms / 1000);
	}

	jobWaited(ms: number): void {
		this.waits.observe(ms / 1000);
	}

	workerEnded(reason: WorkerEnd): void {
		this.restarts.inc({ reason });
	}

	pagesRead(work: 'text' | 'image', count: number): void {
		this.pages.inc({ work }, count);
	}

	ocrPageRead(provider: string): void {
		this.ocrPages.inc({ provider });
	}

	/** An answer of the model, of use or not, and what it took. */
	modelAnswered(tokens: number, costUsd: number, isOfUse: boolean): void {
		this.modelTokens.inc(tokens);
		this.modelCost.inc(costUsd);
		if (!isOfUse) this.modelFailures.inc();
	}

	/** Everything in Prometheus' text format, and its media type. */
	async exposition(): Promise<{ text: string; contentType: string }> {
		const { registry } = this;
		return { text: await registry.metrics(), contentType: registry.contentType };
	}
}
