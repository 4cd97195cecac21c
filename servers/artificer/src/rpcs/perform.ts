import type { WorkerRpc } from './names.js';
import { checkRequest, readRequest, writeResponse } from './wire.js';

export interface RpcJob {
	rpc: WorkerRpc;
	/** The request as it came over the wire. */
	bytes: Uint8Array;
}

/** Answers requests of one RPC, of the types that the contract gives it. */
type Answer = (request: never) => Promise<object>;

/** Each service is loaded when the worker first needs it. */
async function answersOf(rpc: WorkerRpc): Promise<Answer> {
	if (rpc.startsWith('TextService/')) {
		const text = await import('./text.js');
		const answers: Partial<Record<WorkerRpc, Answer>> = {
			'TextService/ChunkDocument': text.chunk,
			'TextService/ChunkDocumentsBatch': text.chunkBatch,
			'TextService/CountTokens': text.countText,
			'TextService/CountConversationTokens': text.countMessages,
			'TextService/EstimateMessageFit': text.estimateFit,
		};
		return known(rpc, answers[rpc]);
	}
	const conversion = await import('./conversion.js');
	const answers: Partial<Record<WorkerRpc, Answer>> = {
		'ConversionService/ImportMarkdown': conversion.importMarkdown,
		'ConversionService/ImportHTML': conversion.importHtml,
		'ConversionService/ExportHTML': conversion.exportHtml,
		'ConversionService/ExportMarkdown': conversion.exportMarkdown,
		'ConversionService/ExportNotion': conversion.exportNotion,
		'ConversionService/ExportRoam': conversion.exportRoam,
	};
	return known(rpc, answers[rpc]);
}

function known(rpc: WorkerRpc, answer: Answer | undefined): Answer {
	if (answer === undefined) throw new Error(`no answer is written for ${rpc}`);
	return answer;
}

/** Answers an RPC in this thread, from bytes to bytes. */
export async function performRpc({ rpc, bytes }: RpcJob): Promise<Uint8Array> {
	checkRequest(rpc, bytes);
	const answer = await answersOf(rpc);
	return writeResponse(rpc, await answer(readRequest<never>(rpc, bytes)));
}
