import { getHeapStatistics } from 'node:v8';
import type { PackageDefinition } from '@grpc/proto-loader';
import { tooMuch } from '../calls/failure.js';
import { WireReader } from './reader.js';

/** What of a message has to be counted, by field number: messages and repeated texts. */
type Shape = ReadonlyMap<number, Shape | undefined>;

/** A message's description as the library gives it, as far as it is needed here. */
interface Description {
	field: { number: number; label: string; type: string; typeName: string }[];
	nestedType: { name: string }[];
}

/**
 * Bytes of a worker's heap for each part: a block takes about 1 kB when it is read, and as much again
 * while it is worked on.
 */
const BYTES_A_PART = 2048;

/** Most parts of a message that this thread may read. */
const mostParts = (): number => Math.floor(getHeapStatistics().heap_size_limit / BYTES_A_PART);

const shapes = new Map<string, Shape>();

/** The shape of one of the contract's messages; none of them holds itself. */
function shapeOf(
	contract: PackageDefinition,
	name: string,
	{ field, nestedType }: Description,
): Shape {
	const known = shapes.get(name);
	if (known !== undefined) return known;
	const shape = new Map<number, Shape | undefined>();
	for (const { number, label, type, typeName } of field) {
		const isMessage = type === 'TYPE_MESSAGE';
		if (!isMessage && label !== 'LABEL_REPEATED') continue;
		// A map's entries are messages of their own that hold nothing to be counted.
		const isEntry = nestedType.some((nested) => nested.name === typeName);
		const inner = isMessage && !isEntry ? contract[`artificer.${typeName}`] : undefined;
		const description = inner && 'type' in inner ? (inner.type as Description) : undefined;
		shape.set(number, description && shapeOf(contract, typeName, description));
	}
	shapes.set(name, shape);
	return shape;
}

/**
 * Throws RESOURCE_EXHAUSTED for a message of more parts than fit into this thread's memory. Takes time
 * by the number of parts, however long their texts are, and no memory.
 */
export function checkParts(
	contract: PackageDefinition,
	name: string,
	description: object,
	bytes: Uint8Array,
): void {
	const most = mostParts();
	let parts = 0;
	const count = (start: number, end: number, shape: Shape): void => {
		new WireReader(bytes).forEach(start, end, (field) => {
			if (!field.isDelimited || !shape.has(field.number)) return;
			parts += 1;
			if (parts > most) {
				throw tooMuch(
					`The request has more than ${most} parts (blocks, spans, messages and the like), which is ` +
						'what a worker of this server has memory for. Split it into smaller ones, or raise ' +
						'ARTIFICER_WORKER_HEAP_MB on the server.',
				);
			}
			const inner = shape.get(field.number);
			if (inner !== undefined && inner.size > 0) count(field.start, field.end, inner);
		});
	};
	count(0, bytes.length, shapeOf(contract, name, description as Description));
}
