import { operations } from '../../../nodes/Artificer/operations';
import { clientClasses, type Service } from '../../../nodes/Artificer/transport/services';
import { fullRequests } from './fullRequests';

const services = clientClasses();

/** Every RPC of the .proto files, as `Service/Method`. */
const rpcs = Object.entries(services).flatMap(([name, client]) =>
	'service' in client ? Object.keys(client.service).map((method) => `${name}/${method}`) : [],
);

/** RPCs that no operation offers yet. Whoever adds an operation takes its RPC from here. */
const notYetOffered: string[] = [];

const offered = operations.map(({ call }) => `${call.service}/${call.method}`);

describe('the list of operations and the .proto files', () => {
	// Broken by a .proto file that lost an RPC.
	test('the contract has five services and 21 RPCs', () => {
		expect(new Set(rpcs.map((rpc) => rpc.split('/')[0])).size).toBe(5);
		expect(rpcs).toHaveLength(21);
	});

	// Broken by an operation without an RPC, an RPC without an operation, or two operations for one.
	test('every RPC has exactly one operation, but for those that are not yet offered', () => {
		expect([...offered, ...notYetOffered].sort()).toEqual([...rpcs].sort());
	});

	// Broken by two operations that workflows can't tell apart.
	test('no two operations of a resource have the same name', () => {
		const names = operations.map(({ resource, name }) => `${resource}/${name}`);
		expect(names).toEqual([...new Set(names)]);
	});
});

describe.each(offered)('a request of %s', (rpc) => {
	const [service = '', method = ''] = rpc.split('/');
	const definition = services[service as Service].service[method];

	// Broken by a field name that the wire doesn't know: proto-loader drops such a field without a word.
	test('encodes and decodes to what was meant', () => {
		const request = fullRequests[rpc];
		if (!request || !definition) throw new Error(`There is no full request for ${rpc} here.`);
		expect(definition.requestDeserialize(definition.requestSerialize(request))).toEqual(request);
	});

	// Broken by an operation whose RPC streams, but which waits for one answer, or the reverse.
	test('has the shape that its operation sends', () => {
		const operation = operations.find(({ call }) => `${call.service}/${call.method}` === rpc);
		expect(operation?.shape === 'item' && definition?.responseStream).toBe(false);
		expect(definition?.path).toBe(`/artificer.${rpc}`);
	});
});
