/** One call's line. Nothing of what callers send or get may be added. */
export interface CallLine {
	/** `Service/Method`. */
	rpc: string;
	/** Name of the gRPC status. */
	status: string;
	/** From the request's first header to the status. */
	ms: number;
}

function write(line: object): void {
	process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
}

export function logCall(line: CallLine): void {
	write(line);
}

/** Logs why the vision model's answer was of no use; `why` is one of the server's own sentences. */
export function logModelFailure(why: string): void {
	write({ event: 'ocr-model', why: `The model ${why}.` });
}

/** Logs where a fault happened. Its message is left out: an engine may quote content in it. */
export function logFault(error: unknown): void {
	const fault = error instanceof Error ? error : new Error('not an Error');
	const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	write({ fault: fault.name, at: frames.slice(0, 8).map((line) => line.trim()) });
}
