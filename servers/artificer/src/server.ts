import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation, protoPath as healthProto } from 'grpc-health-check';
import { accounting } from './calls/accounting.js';
import { admission } from './calls/admission.js';
import { bearerToken } from './calls/auth.js';
import { CallMetrics } from './calls/metrics.js';
import type { ServiceContext } from './services/context.js';
import { Ocr } from './services/ocr.js';
import { servicesOf } from './services/services.js';
import type { Settings } from './settings.js';
import { Pool } from './workers/pool.js';

/** A start that can't go on; the message is for the person who started the server. */
export class StartError extends Error {}

export interface RunningServer {
	/** `host:port`, with the port that was taken. */
	address: string;
	/** Takes no more calls, lets those under way finish within the grace, and ends the workers. */
	stop(): Promise<void>;
	/** Cancels the calls under way. */
	stopNow(): void;
}

/** As in every client of the contract: snake_case names, numbers, enum names. */
const LOADING = { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true };

/** The build puts the contract's files beside the compiled code. */
const PROTO_FOLDER = fileURLToPath(new URL('./proto/', import.meta.url));
const PROTO_FILES = ['conversion', 'image', 'metrics', 'pdf', 'text'].map(
	(name) => `artificer/${name}_service.proto`,
);

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

function interceptors(settings: Settings, metrics: CallMetrics): grpc.ServerInterceptor[] {
	const { apiKey, maxWaitingCalls, workers } = settings;
	return [
		accounting(metrics),
		...(apiKey === undefined ? [] : [bearerToken(apiKey)]),
		admission(workers + maxWaitingCalls),
	];
}

function addServices(server: grpc.Server, context: ServiceContext): HealthImplementation {
	const contract = loadSync(PROTO_FILES, { ...LOADING, includeDirs: [PROTO_FOLDER] });
	for (const [name, implementation] of Object.entries(servicesOf(context))) {
		server.addService(contract[name] as grpc.ServiceDefinition, implementation);
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

/** Starts a server; throws a StartError where it can't listen. */
export async function startServer(settings: Settings): Promise<RunningServer> {
	// The library would print lines of its own beside the one sentence that a failed start is.
	grpc.setLogVerbosity(grpc.logVerbosity.NONE);
	const metrics = new CallMetrics();
	const { maxMessageBytes, workers, jobTimeoutMs, workerHeapMb: heapMb } = settings;
	const server = new grpc.Server({
		'grpc.max_receive_message_length': maxMessageBytes,
		'grpc.max_send_message_length': maxMessageBytes,
		interceptors: interceptors(settings, metrics),
	});
	const port = await bind(server, settings);
	const pool = new Pool({ workers, jobTimeoutMs, heapMb });
	const health = addServices(server, { settings, pool, metrics, ocr: new Ocr(pool, settings) });
	return {
		address: withPort(settings.host, port),
		stop: async () => {
			health.setStatus('', 'NOT_SERVING');
			await closing(server, settings.stopGraceMs);
			await pool.close();
		},
		stopNow: () => server.forceShutdown(),
	};
}
