import { Client } from '@grpc/grpc-js';

import { digestOf } from '../../shared/digest';
import { connectionOf, type ArtificerCredential, type Connection } from './connection';

/** A channel is closed when nobody has used it for this long: five minutes outlast the gaps within a batch. */
const idleMs = 300_000;

interface Pooled {
	client: Client;
	connection: Connection;
	users: number;
	idle?: NodeJS.Timeout | undefined;
}

/** One channel for each server and credential, shared by all executions of this process. */
const channels = new Map<string, Pooled>();

/** What is done with a channel while it is lent. */
export type Work<Value> = (client: Client, connection: Connection) => Promise<Value>;

/** Lends the channel for a credential to some work, opening it where there is none yet. */
export async function withChannel<Value>(
	credential: ArtificerCredential,
	work: Work<Value>,
): Promise<Value> {
	const key = digestOf(credential);
	const pooled = channels.get(key) ?? open(key, credential);
	clearTimeout(pooled.idle);
	pooled.users += 1;
	try {
		return await work(pooled.client, pooled.connection);
	} finally {
		pooled.users -= 1;
		if (pooled.users === 0) closeWhenIdle(key, pooled);
	}
}

function open(key: string, credential: ArtificerCredential): Pooled {
	const connection = connectionOf(credential);
	const client = new Client(connection.target, connection.credentials, connection.options);
	const pooled: Pooled = { client, connection, users: 0 };
	channels.set(key, pooled);
	return pooled;
}

function closeWhenIdle(key: string, pooled: Pooled): void {
	pooled.idle = setTimeout(() => {
		channels.delete(key);
		pooled.client.close();
	}, idleMs);
	// An idle channel is no reason to keep a process alive.
	pooled.idle.unref();
}
