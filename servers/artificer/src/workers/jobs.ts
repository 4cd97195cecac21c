import type { FailureCode } from '../calls/failure.js';

/*
 * Everything that runs in a worker, by name. Each engine is loaded when the worker first needs it:
 * a worker that counts tokens shall not pay for PDFium.
 */
const load = {
	probes: () => import('../engines/probes.js'),
	inspect: () => import('../engines/pdf/inspect.js'),
	pdfText: () => import('../engines/pdf/text.js'),
	render: () => import('../engines/pdf/render.js'),
	convert: () => import('../engines/image/convert.js'),
	scan: () => import('../engines/image/scan.js'),
	forModel: () => import('../engines/image/forModel.js'),
	wasm: () => import('../engines/ocr/wasm.js'),
	rpc: () => import('../rpcs/perform.js'),
	batch: () => import('../rpcs/batch.js'),
};

/** Loads a module, then calls one of its functions. */
function lazily<Module extends object, Name extends keyof Module>(
	module: () => Promise<Module>,
	name: Name,
) {
	type Work = Module[Name] extends (input: infer Input) => Promise<infer Output>
		? { input: Input; output: Output }
		: never;
	return async (input: Work['input']): Promise<Work['output']> => {
		const work = (await module())[name] as (input: Work['input']) => Promise<Work['output']>;
		return work(input);
	};
}

export const jobs = {
	'probe/pdf': lazily(load.probes, 'probePdf'),
	'probe/image': lazily(load.probes, 'probeImage'),
	'probe/text': lazily(load.probes, 'probeText'),
	'probe/document': lazily(load.probes, 'probeDocument'),
	'pdf/inspect': lazily(load.inspect, 'inspect'),
	'pdf/text': lazily(load.pdfText, 'pageTexts'),
	'pdf/render': lazily(load.render, 'renderPage'),
	'probe/scan': lazily(load.probes, 'blankScan'),
	'image/convert': lazily(load.convert, 'convertImage'),
	'image/scan': lazily(load.scan, 'prepareScan'),
	'image/forModel': lazily(load.forModel, 'prepareForModel'),
	'ocr/wasm': lazily(load.wasm, 'readWithWasm'),
	rpc: lazily(load.rpc, 'performRpc'),
	'batch/plan': lazily(load.batch, 'planBatch'),
	'batch/export': lazily(load.batch, 'exportOfBatch'),
};

export type JobName = keyof typeof jobs;
export type JobInput<Name extends JobName> = Parameters<(typeof jobs)[Name]>[0];
export type JobOutput<Name extends JobName> = Awaited<ReturnType<(typeof jobs)[Name]>>;

/** What a worker answers: a value, or a failure that the caller is to hear about. */
export type JobReply<Name extends JobName> =
	{ value: JobOutput<Name> } | { failure: { code: FailureCode; message: string } };
