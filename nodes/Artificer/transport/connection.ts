import {
	credentials as channelCredentials,
	Metadata,
	type ChannelCredentials,
	type ChannelOptions,
} from '@grpc/grpc-js';

import { headersOf, secretsOf, type Authentication } from '../../../credentials/authentication';
import { pem } from '../../shared/pem';

/** The fields of the credential «Artificer API», as n8n hands them over. */
export interface ArtificerCredential extends Authentication {
	/** `host:port`, several separated by commas, `dns:///…` or `unix:…`. */
	address: string;
	security: 'plaintext' | 'tls' | 'mutualTls';
	/** PEM; empty for the system's own authorities. */
	publicCaCertificate?: string;
	/** PEM, for mutual TLS. */
	publicClientCertificate?: string;
	/** PEM, for mutual TLS. */
	privateKey?: string;
	/** The name to expect in the server's certificate, where it isn't the host's. */
	serverName?: string;
	/** Further metadata sent with each call. */
	metadata?: { entries?: Array<{ name: string; value: string }> };
	/** Largest message in MB, both ways. */
	maxMessageMb?: number;
}

/** What of a credential nobody may read in a message or log; further metadata may be secrets, too. */
export function artificerSecrets(credential: ArtificerCredential): Array<string | undefined> {
	const metadata = credential.metadata?.entries ?? [];
	return [...secretsOf(credential), credential.privateKey, ...metadata.map(({ value }) => value)];
}

/** What a channel is opened with. */
export interface Connection {
	/** As grpc-js wants it. */
	target: string;
	/** As the user wrote it, for messages. */
	displayName: string;
	credentials: ChannelCredentials;
	options: ChannelOptions;
	/** Sent with each call. */
	metadata: Metadata;
	/** Largest message in bytes, both ways. */
	maxMessageBytes: number;
}

/** Default of Largest Message: gRPC's own 4 MB are less than many a PDF. */
export const defaultMaxMessageMb = 256;

const megabyte = 1024 * 1024;

/** What grpc-js resolves by itself. */
const scheme = /^(dns|unix|unix-abstract|ipv4|ipv6|xds):/;

/** Makes a connection of a credential. Throws a sentence for the user where something is wrong with it. */
export function connectionOf(credential: ArtificerCredential): Connection {
	const addresses = parseAddresses(credential.address);
	const maxMessageBytes = Math.round((credential.maxMessageMb ?? defaultMaxMessageMb) * megabyte);
	return {
		target: targetOf(addresses),
		displayName: addresses.join(', '),
		credentials: securityOf(credential),
		options: optionsOf(credential, maxMessageBytes),
		metadata: metadataOf(credential),
		maxMessageBytes,
	};
}

function parseAddresses(text: string): string[] {
	const addresses = text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
	if (addresses.length === 0) {
		throw new Error('The credential has no address. Give one such as localhost:50051.');
	}
	for (const address of addresses) {
		if (/^https?:/i.test(address)) {
			throw new Error(
				`The address "${address}" begins like a web address, but Artificer speaks gRPC. Write host:port, such as localhost:50051.`,
			);
		}
		if (scheme.test(address)) continue;
		const port = /:(\d+)$/.exec(address)?.[1];
		if (!port || Number(port) < 1 || Number(port) > 65_535) {
			throw new Error(
				`The address "${address}" has no port from 1 to 65535. Write host:port, such as localhost:50051.`,
			);
		}
	}
	return addresses;
}

/** Several numeric addresses can be one target for grpc-js; several names can't. */
function targetOf(addresses: string[]): string {
	const [first = ''] = addresses;
	// A scheme such as `ipv4:` names a whole list by itself.
	if (addresses.length === 1 || scheme.test(first)) return addresses.join(',');
	const numeric = addresses.map((address) => address.replace(/^localhost:/i, '127.0.0.1:'));
	if (numeric.every((address) => /^\d+\.\d+\.\d+\.\d+:\d+$/.test(address))) {
		return `ipv4:${numeric.join(',')}`;
	}
	if (numeric.every((address) => /^\[[\da-f:]+\]:\d+$/i.test(address))) {
		return `ipv6:${numeric.join(',')}`;
	}
	throw new Error(
		`Several addresses have to be numeric and of one kind, but "${addresses.join(', ')}" is given. Write such as 10.0.0.1:50051, 10.0.0.2:50051, or one dns:///name:port that stands for all.`,
	);
}

function securityOf(credential: ArtificerCredential): ChannelCredentials {
	if (credential.security === 'plaintext') return channelCredentials.createInsecure();
	const ca = bytesOf(credential.publicCaCertificate, 'CA Certificate');
	if (credential.security === 'tls') return channelCredentials.createSsl(ca);
	const key = bytesOf(credential.privateKey, 'Client Key');
	const certificate = bytesOf(credential.publicClientCertificate, 'Client Certificate');
	if (!key || !certificate) {
		throw new Error(
			'Mutual TLS needs a client certificate and its key. Fill in both, or choose TLS in Security.',
		);
	}
	return channelCredentials.createSsl(ca, key, certificate);
}

function bytesOf(text: string | undefined, field: string): Buffer | null {
	const mended = pem(text, field);
	return mended === undefined ? null : Buffer.from(mended);
}

function optionsOf(credential: ArtificerCredential, bytes: number): ChannelOptions {
	return {
		'grpc.max_receive_message_length': bytes,
		'grpc.max_send_message_length': bytes,
		// Proxies and firewalls forget quiet connections after minutes; a long OCR is quiet.
		'grpc.keepalive_time_ms': 30_000,
		'grpc.keepalive_timeout_ms': 10_000,
		// A restarted server is found again within seconds, not after gRPC's two minutes.
		'grpc.max_reconnect_backoff_ms': 5_000,
		'grpc.initial_reconnect_backoff_ms': 500,
		// Channels of different executions to the same server must not share connections that one of them closes.
		'grpc.use_local_subchannel_pool': 1,
		// Retries are made per item by this package, where the user sees them.
		'grpc.enable_retries': 0,
		// One address or many: a name may stand for several servers.
		'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
		...(credential.serverName && {
			'grpc.ssl_target_name_override': credential.serverName,
			'grpc.default_authority': credential.serverName,
		}),
	};
}

function metadataOf(credential: ArtificerCredential): Metadata {
	const metadata = new Metadata();
	for (const { name, value } of credential.metadata?.entries ?? []) {
		if (name.trim()) metadata.add(name.trim().toLowerCase(), value);
	}
	for (const [name, value] of Object.entries(headersOf(credential))) metadata.set(name, value);
	return metadata;
}
