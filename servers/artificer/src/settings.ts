import { availableParallelism } from 'node:os';
import { type Environment, SettingError, text, whole } from './environment.js';
import { readVisionSettings, type VisionSettings } from './vision/visionSettings.js';

/** Files of the server's own identity and, for mutual TLS, of whom it trusts. */
export interface TlsFiles {
	/** Path of the server's certificate chain, PEM. */
	cert: string;
	/** Path of its private key, PEM. */
	key: string;
	/** Path of the CA that signs clients' certificates, PEM; where set, clients must show one. */
	clientCa?: string;
}

/** What the operator may set, checked; the README has the same list for people. */
export interface Settings {
	/** `GRPC_HOST`: address to listen on. Default 127.0.0.1, so that nothing is open to a network. */
	host: string;
	/** `GRPC_PORT`: 0 to 65535; 0 takes a free one. Default 50051. */
	port: number;
	/** `GRPC_MAX_WORKERS`: worker threads, 1 to 256. Default the number of cores. */
	workers: number;
	/**
	 * `GRPC_TLS_CERT`, `GRPC_TLS_KEY`, `GRPC_TLS_CA`: PEM files of the server's certificate chain and
	 * its key, and, for mutual TLS, of the authority that signs clients' certificates. Default none:
	 * plaintext.
	 */
	tls?: TlsFiles;
	/** `ARTIFICER_API_KEY`: bearer token that callers must send. Default none. */
	apiKey?: string;
	/** `ARTIFICER_OCR_LANGUAGES`: Tesseract's names joined by `+`. Default `eng+kor`. */
	ocrLanguages: string[];
	/** `ARTIFICER_MAX_MESSAGE_MB`: largest request or response, MiB, 1 to 2047. Default 256. */
	maxMessageBytes: number;
	/** `ARTIFICER_MAX_PAGES`: most pages of a PDF, 1 to 1,000,000. Default 5000. */
	maxPages: number;
	/** `ARTIFICER_MAX_MEGAPIXELS`: largest image read or rendered, 1 to 1000. Default 100. */
	maxPixels: number;
	/**
	 * `ARTIFICER_JOB_TIMEOUT_MS`: longest time that one job (a few pages, an image, a text) may
	 * compute before its worker is replaced, 10 to 3,600,000. Default 120000.
	 */
	jobTimeoutMs: number;
	/** `ARTIFICER_MAX_WAITING_CALLS`: calls beyond one a worker, 0 to 100,000. Default 100. */
	maxWaitingCalls: number;
	/** `ARTIFICER_WORKER_HEAP_MB`: JavaScript heap of a worker, MiB, 256 to 65536. Default 2048. */
	workerHeapMb: number;
	/** `ARTIFICER_STOP_GRACE_MS`: time for calls to finish at a stop, 0 to 3,600,000. Default 30000. */
	stopGraceMs: number;
	/**
	 * `ARTIFICER_METRICS_PORT`: port of `GET /metrics` for Prometheus, 0 to 65535; 0 takes a free one.
	 * Default none: no metrics are served.
	 */
	metricsPort: number | undefined;
	/** `ARTIFICER_METRICS_HOST`: address for them. They ask for no key. Default 127.0.0.1. */
	metricsHost: string;
	/** The model that reads pictures; its settings are its own. Undefined: Tesseract reads them all. */
	vision: VisionSettings | undefined;
}

function tls(env: Environment): TlsFiles | undefined {
	const cert = text(env, 'GRPC_TLS_CERT');
	const key = text(env, 'GRPC_TLS_KEY');
	const clientCa = text(env, 'GRPC_TLS_CA');
	if (cert === undefined && key === undefined && clientCa === undefined) return undefined;
	if (cert === undefined || key === undefined) {
		const missing = cert === undefined ? 'GRPC_TLS_CERT' : 'GRPC_TLS_KEY';
		throw new SettingError(
			`${missing} is not set, but TLS needs both GRPC_TLS_CERT and GRPC_TLS_KEY. ` +
				'Set both to PEM files, or none of the GRPC_TLS_ variables for plaintext.',
		);
	}
	return { cert, key, clientCa };
}

/** Parses `eng+kor`; throws a plain Error whose message says what is allowed. */
export function parseLanguages(value: string): string[] {
	const languages = value.split('+').map((language) => language.trim());
	if (languages.length > 8 || !languages.every((name) => /^[A-Za-z][A-Za-z_]{1,30}$/.test(name))) {
		throw new Error(
			'OCR languages have to be up to 8 of Tesseract’s names joined by "+", such as "eng+kor"',
		);
	}
	return [...new Set(languages)];
}

function ocrLanguages(env: Environment): string[] {
	const value = text(env, 'ARTIFICER_OCR_LANGUAGES') ?? 'eng+kor';
	try {
		return parseLanguages(value);
	} catch (error) {
		const allowed = error instanceof Error ? error.message : String(error);
		throw new SettingError(`ARTIFICER_OCR_LANGUAGES is "${value}", but ${allowed}.`);
	}
}

/** Reads and checks the environment; throws a SettingError for the first setting that is wrong. */
export function readSettings(env: Environment): Settings {
	const mebibyte = 1024 * 1024;
	return {
		host: text(env, 'GRPC_HOST') ?? '127.0.0.1',
		port: whole(env, 'GRPC_PORT', [0, 65535], 50051),
		workers: whole(env, 'GRPC_MAX_WORKERS', [1, 256], availableParallelism()),
		tls: tls(env),
		apiKey: text(env, 'ARTIFICER_API_KEY'),
		ocrLanguages: ocrLanguages(env),
		maxMessageBytes: whole(env, 'ARTIFICER_MAX_MESSAGE_MB', [1, 2047], 256) * mebibyte,
		maxPages: whole(env, 'ARTIFICER_MAX_PAGES', [1, 1_000_000], 5000),
		maxPixels: whole(env, 'ARTIFICER_MAX_MEGAPIXELS', [1, 1000], 100) * 1_000_000,
		jobTimeoutMs: whole(env, 'ARTIFICER_JOB_TIMEOUT_MS', [10, 3_600_000], 120_000),
		maxWaitingCalls: whole(env, 'ARTIFICER_MAX_WAITING_CALLS', [0, 100_000], 100),
		workerHeapMb: whole(env, 'ARTIFICER_WORKER_HEAP_MB', [256, 65_536], 2048),
		stopGraceMs: whole(env, 'ARTIFICER_STOP_GRACE_MS', [0, 3_600_000], 30_000),
		metricsPort: whole(env, 'ARTIFICER_METRICS_PORT', [0, 65535], undefined),
		metricsHost: text(env, 'ARTIFICER_METRICS_HOST') ?? '127.0.0.1',
		vision: readVisionSettings(env),
	};
}
