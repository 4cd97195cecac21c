import { Failure } from '../calls/failure.js';
import type { BatchExportResult } from '../generated/artificer/BatchExportResult.js';
import { stopwatch } from '../rpcs/stopwatch.js';

/** Exports one document, however it is given. */
type Exporter<Source> = (document: Source, signal: AbortSignal) => Promise<string>;

async function exportOne<Source>(
	document: Source,
	index: number,
	write: Exporter<Source>,
	signal: AbortSignal,
): Promise<BatchExportResult> {
	const elapsed = stopwatch();
	try {
		const output = await write(document, signal);
		return { index, success: true, output, processing_time_ms: elapsed() };
	} catch (failure) {
		// What concerns this document alone is its result; a cancelled call is the batch's end.
		if (signal.aborted || !(failure instanceof Failure)) throw failure;
		const error = `${failure.code}: ${failure.message}`;
		return { index, success: false, error, processing_time_ms: elapsed() };
	}
}

/**
 * Exports documents, `window` at once, and yields each result as soon as it is ready; then the
 * summary. Nothing more is begun while a result waits to be taken.
 */
export async function* exportBatch<Source>(
	documents: readonly Source[],
	window: number,
	write: Exporter<Source>,
	signal: AbortSignal,
): AsyncGenerator<BatchExportResult, void, undefined> {
	const elapsed = stopwatch();
	const underWay = new Map<number, Promise<BatchExportResult>>();
	let begun = 0;
	let successful = 0;
	let addedMs = 0;
	while (begun < documents.length || underWay.size > 0) {
		while (underWay.size < window && begun < documents.length) {
			const index = begun;
			const document = documents[index];
			begun += 1;
			if (document === undefined) continue;
			const result = exportOne(document, index, write, signal);
			// Its failure is seen when it is taken; until then it is no unhandled one.
			result.catch(() => undefined);
			underWay.set(index, result);
		}
		const result = await Promise.race(underWay.values());
		underWay.delete(result.index ?? 0);
		successful += result.success === true ? 1 : 0;
		addedMs += result.processing_time_ms ?? 0;
		yield result;
	}
	const total = elapsed();
	const count = documents.length;
	const summary = {
		total_documents: count,
		successful,
		failed: count - successful,
		total_processing_time_ms: total,
		average_processing_time_ms: count === 0 ? 0 : Math.round(addedMs / count),
		parallel_speedup: addedMs / Math.max(1, total),
	};
	yield { summary };
}
