import { fileURLToPath } from 'node:url';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { loadSync, type PackageDefinition } from '@grpc/proto-loader';

/** As in every client of the contract: snake_case names, numbers, enum names. */
export const LOADING = {
	keepCase: true,
	longs: Number,
	enums: String,
	defaults: true,
	oneofs: true,
};

/** The build puts the contract's files beside the compiled code. */
const PROTO_FOLDER = fileURLToPath(new URL('./proto/', import.meta.url));
const PROTO_FILES = ['conversion', 'image', 'metrics', 'pdf', 'text'].map(
	(name) => `artificer/${name}_service.proto`,
);

/** The contract as its files say it, by full names. */
export const loadContract = (): PackageDefinition =>
	loadSync(PROTO_FILES, { ...LOADING, includeDirs: [PROTO_FOLDER] });

/** An RPC's definition by `Service/Method`; throws where the contract has none. */
export function methodOf(
	contract: PackageDefinition,
	rpc: string,
): MethodDefinition<object, object> {
	const [service = '', name = ''] = rpc.split('/');
	const methods = contract[`artificer.${service}`] as ServiceDefinition | undefined;
	const method = methods?.[name];
	if (method === undefined) throw new Error(`the contract has no RPC ${rpc}`);
	return method as MethodDefinition<object, object>;
}
