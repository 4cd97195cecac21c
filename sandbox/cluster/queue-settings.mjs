// @ts-check

/**
 * What n8n needs to recover by itself, by its own settings. Its defaults are made for a queue that
 * somebody watches: it looks for executions that nobody runs any more at its start and then every
 * 180 minutes, 100 at a time.
 */
export const recoverySettings = {
	/**
	 * Minutes between two such looks; n8n marks what it finds as crashed. Each look may also take for lost
	 * what is just being queued, and then a webhook's sender never gets its answer: with a look every
	 * 0.6 s that was 1 of 600 requests. So no more often than needed.
	 */
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '5',
	/** How many of the newest unfinished executions it looks at: all of a long queue. */
	N8N_EXECUTIONS_QUEUE_RECOVERY_BATCH: '10000',
	/**
	 * For how long a worker owns an execution without renewing that, in ms (n8n: 60,000). A worker whose
	 * event loop is blocked for longer loses it.
	 */
	QUEUE_WORKER_LOCK_DURATION: '30000',
	/** How often it is renewed, in ms (n8n: 10,000). */
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	/** How often workers look for executions whose worker is gone, in ms (n8n: 30,000). */
	QUEUE_WORKER_STALLED_INTERVAL: '15000',
	/** How long n8n does without Redis before it ends, in ms (n8n's own value); then it is started again. */
	QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '10000',
};

/**
 * What every process of n8n in the cluster is told.
 *
 * @param {object} options
 * @param {import('./postgres.mjs').Postgres} options.postgres
 * @param {import('./redis.mjs').Redis} options.redis
 * @param {string} options.encryptionKey the same for all, or they can't read each other's credentials
 * @param {string} options.webhookUrl where webhooks are answered, for the addresses that n8n shows
 * @param {Record<string, string>} options.added stronger than all of these
 * @returns {Record<string, string>}
 */
export function queueSettings({ postgres, redis, encryptionKey, webhookUrl, added }) {
	return {
		EXECUTIONS_MODE: 'queue',
		...postgres.settings,
		// n8n's own value is 2. Putting a run into the queue takes several connections at a time: with 6,
		// 500 parts of a batch kept each other waiting until the webhook process refused them after 20 s.
		DB_POSTGRESDB_POOL_SIZE: '20',
		...redis.settings,
		N8N_ENCRYPTION_KEY: encryptionKey,
		N8N_WEBHOOK_URL: webhookUrl,
		// Files that one worker has stored must be there for all.
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		// Webhooks are the webhook process's; runs by hand go to the workers, too.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		...recoverySettings,
		...added,
	};
}
