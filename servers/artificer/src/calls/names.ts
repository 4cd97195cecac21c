/** An RPC's path taken apart. */
export interface RpcName {
	/** Without its package, e.g. `PDFService`. */
	service: string;
	/** E.g. `ExtractText`. */
	rpc: string;
	/** Whether it is one of the contract's RPCs, not gRPC's own health or reflection. */
	isArtificer: boolean;
}

/** Takes `/artificer.PDFService/ExtractText` apart. */
export function nameOf(path: string): RpcName {
	const [, full = '', rpc = ''] = path.split('/');
	const dot = full.lastIndexOf('.');
	return { service: full.slice(dot + 1), rpc, isArtificer: full.slice(0, dot) === 'artificer' };
}
