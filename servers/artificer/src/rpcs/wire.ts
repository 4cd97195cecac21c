import type { PackageDefinition } from '@grpc/proto-loader';
import { invalid } from '../calls/failure.js';
import { loadContract, methodOf } from '../contract.js';
import { checkParts } from './parts.js';

let loaded: PackageDefinition | undefined;

/** Reads the contract's files once, when this thread first needs them. */
const contract = (): PackageDefinition => (loaded ??= loadContract());

/** Throws RESOURCE_EXHAUSTED where a request has more parts than fit into memory. */
export function checkRequest(rpc: string, bytes: Uint8Array): void {
	const { requestType } = methodOf(contract(), rpc) as unknown as {
		requestType: { type: { name: string } };
	};
	checkParts(contract(), requestType.type.name, requestType.type, bytes);
}

/** Reads a request that was checked. */
export function readRequest<Request>(rpc: string, bytes: Uint8Array): Request {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	try {
		return methodOf(contract(), rpc).requestDeserialize(view) as Request;
	} catch {
		throw invalid('The request is no message of the contract: a field can not be read.');
	}
}

/** Writes a response. */
export const writeResponse = (rpc: string, response: object): Uint8Array =>
	methodOf(contract(), rpc).responseSerialize(response);
