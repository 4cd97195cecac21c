import { streaming } from '../calls/answer.js';
import type { BatchExportResult } from '../generated/artificer/BatchExportResult.js';
import type { RawBatchHandlers } from './raw.js';
import { inWorker, share } from './raw.js';
import { exportBatch } from './batch.js';
import type { ServiceContext } from './context.js';

/** One result a document, then the summary. */
async function* batch(
	{ pool }: ServiceContext,
	bytes: Buffer,
	signal: AbortSignal,
): AsyncGenerator<BatchExportResult, void, undefined> {
	const request = share(bytes);
	const { documents, ...how } = await pool.run('batch/plan', { bytes }, signal);
	yield* exportBatch(
		documents,
		pool.workers,
		(range, either) => pool.run('batch/export', { request, ...how, ...range }, either),
		signal,
	);
}

export function conversionService(service: ServiceContext): RawBatchHandlers {
	return {
		...inWorker(service.pool, 'ConversionService'),
		BatchExport: streaming<Buffer, BatchExportResult>((bytes, { signal }) =>
			batch(service, bytes, signal),
		),
	};
}
