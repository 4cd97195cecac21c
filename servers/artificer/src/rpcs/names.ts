/**
 * RPCs that are answered in a worker from bytes to bytes: their messages may hold so many small parts
 * that reading and writing them would keep the main thread from answering anything else.
 */
export const WORKER_RPCS = [
	'ConversionService/ImportMarkdown',
	'ConversionService/ImportHTML',
	'ConversionService/ExportHTML',
	'ConversionService/ExportMarkdown',
	'ConversionService/ExportNotion',
	'ConversionService/ExportRoam',
	'TextService/ChunkDocument',
	'TextService/ChunkDocumentsBatch',
	'TextService/CountTokens',
	'TextService/CountConversationTokens',
	'TextService/EstimateMessageFit',
] as const;

export type WorkerRpc = (typeof WORKER_RPCS)[number];

/** The RPC whose request alone is read in a worker: its documents are worked on one by one. */
export const BATCH_EXPORT = 'ConversionService/BatchExport';
