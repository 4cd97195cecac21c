import { readFileSync } from 'node:fs';
import * as grpc from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation, protoPath as healthProto } from 'grpc-health-check';
import { accounting } from './calls/accounting.js';
import { admission } from './calls/admission.js';
import { bearerToken } from './calls/auth.js';
import { CallMetrics } from './calls/metrics.js';
import { LOADING, loadContract } from './contract.js';
import { sharePdfium } from './engines/pdf/pdfium.js';
import { MetricsEndpoint } from './monitoring/endpoint.js';
import { Monitor } from './monitoring/monitor.js';
import type { ServiceContext } from './services/context.js';
import { Ocr } from './services/ocr.js';
import { withRawMessages } from './services/raw.js';
import { servicesOf } from './services/services.js';
import type { Settings } from './settings.js';
import type { VisionModel } from './vision/visionModel.js';
import { Pool } from './workers/pool.js';

/** A start that can't go on; the message is for the person who started the server. */
export class StartError extends Error {}

export interface RunningServer {
	/** `host:port`, with the port that was taken. */
	address: string;
	/** Where Prometheus finds the metrics; undefined where none are served. */
	metricsUrl: string | undefined;
	/** Takes no more calls, lets those under way finish within the grace, and ends the workers. */
	stop(): Promise<void>;
	/** Cancels the calls under way. */
	stopNow(): void;
}

function credentials({ tls }: Settings): grpc.ServerCredentials {
	if (tls === undefined) return grpc.ServerCredentials.createInsecure();
	const read = (variable: string, path: string): Buffer => {
		try {
			return readFileSync(path);
		} catch {
			throw new StartError(
				`The file of ${variable} can't be read: ${path}. Check path and rights.`,
			);
		}
	};
	const cert_chain = read('GRPC_TLS_CERT', tls.cert);
	const private_key = read('GRPC_TLS_KEY', tls.key);
	const ca = tls.clientCa === undefined ? null : read('GRPC_TLS_CA', tls.clientCa);
	try {
		return grpc.ServerCredentials.createSsl(ca, [{ cert_chain, private_key }], ca !== null);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new StartError(
			`The files of GRPC_TLS_CERT and GRPC_TLS_KEY don't make an identity (${reason}). ` +
				'Both have to be PEM, and the key has to be the certificate’s.',
		);
	}
}

/** An IPv6 address stands in brackets before a port. */
const withPort = (host: string, port: number): string =>
	`${host.includes(':') ? `[${host}]` : host}:${port}`;

function bind(server: grpc.Server, settings: Settings): Promise<number> {
	const { host, port } = settings;
	return new Promise((resolve, reject) => {
		server.bindAsync(withPort(host, port), credentials(settings), (error, bound) => {
			if (error === null) return resolve(bound);
			const reason = /EADDRINUSE/.test(error.message)
				? `port ${port} is taken. Stop what uses it, or set GRPC_PORT to another one (0 takes a free one)`
				: `${error.message}. Check GRPC_HOST and GRPC_PORT`;
			return reject(new StartError(`Can't listen on ${withPort(host, port)}: ${reason}.`));
		});
	});
}

/** Opens the endpoint for Prometheus, if one is asked for. */
async function openMetrics(
	monitor: Monitor,
	{ metricsHost: host, metricsPort: port }: Settings,
): Promise<MetricsEndpoint | undefined> {
	if (port === undefined) return undefined;
	monitor.observeProcess();
	try {
		return await MetricsEndpoint.open(monitor, host, port);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const reason =
			code === 'EADDRINUSE'
				? `port ${port} is taken. Stop what uses it, or set ARTIFICER_METRICS_PORT to another one ` +
					'(0 takes a free one)'
				: `${message}. Check ARTIFICER_METRICS_HOST and ARTIFICER_METRICS_PORT`;
		throw new StartError(`Can't serve metrics on ${withPort(host, port)}: ${reason}.`);
	}
}

function interceptors(
	settings: Settings,
	metrics: CallMetrics,
	monitor: Monitor,
): grpc.ServerInterceptor[] {
	const { apiKey, maxWaitingCalls, workers } = settings;
	return [
		accounting(metrics, monitor),
		...(apiKey === undefined ? [] : [bearerToken(apiKey)]),
		admission(workers + maxWaitingCalls),
	];
}

function addServices(server: grpc.Server, context: ServiceContext): HealthImplementation {
	const contract = loadContract();
	for (const [name, implementation] of Object.entries(servicesOf(context))) {
		const definition = contract[`artificer.${name}`] as grpc.ServiceDefinition;
		server.addService(withRawMessages(name, definition), implementation);
	}
	const health = new HealthImplementation({ '': 'SERVING' });
	health.addToServer(server);
	const described: PackageDefinition = { ...contract, ...loadSync(healthProto, LOADING) };
	new ReflectionService(described).addToServer(server);
	return health;
}

function closing(server: grpc.Server, graceMs: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => server.forceShutdown(), graceMs);
		server.tryShutdown(() => {
			clearTimeout(timer);
			resolve();
		});
	});
}

/** The library for models takes 0.2 s to load: only those who have a model wait for it. */
async function visionModel({ vision }: Settings): Promise<VisionModel | undefined> {
	if (vision === undefined) return undefined;
	const { VisionModel } = await import('./vision/visionModel.js');
	return new VisionModel(vision);
}

/** Starts a server; throws a StartError where it can't listen. */
export async function startServer(settings: Settings): Promise<RunningServer> {
	// The library would print lines of its own beside the one sentence that a failed start is.
	grpc.setLogVerbosity(grpc.logVerbosity.NONE);
	const metrics = new CallMetrics();
	const monitor = new Monitor();
	const { maxMessageBytes, workers, jobTimeoutMs, workerHeapMb: heapMb } = settings;
	const model = await visionModel(settings);
	const endpoint = await openMetrics(monitor, settings);
	const server = new grpc.Server({
		'grpc.max_receive_message_length': maxMessageBytes,
		'grpc.max_send_message_length': maxMessageBytes,
		interceptors: interceptors(settings, metrics, monitor),
	});
	const port = await bind(server, settings).catch(async (error: unknown) => {
		await endpoint?.close();
		throw error;
	});
	await sharePdfium();
	const pool = new Pool({ workers, jobTimeoutMs, heapMb, observer: monitor });
	monitor.observePool(pool);
	const ocr = new Ocr({ pool, settings, monitor, model });
	const health = addServices(server, { settings, pool, metrics, monitor, ocr });
	return {
		address: withPort(settings.host, port),
		metricsUrl: endpoint?.url,
		stop: async () => {
			health.setStatus('', 'NOT_SERVING');
			await closing(server, settings.stopGraceMs);
			await pool.close();
			await endpoint?.close();
		},
		stopNow: () => server.forceShutdown(),
	};
}
