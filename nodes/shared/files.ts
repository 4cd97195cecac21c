import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';

/** A file in memory. It is let go as soon as the request that carries it has been sent. */
export interface FileContent {
	bytes: Buffer;
	/** As the store knows it; undefined where it has none. */
	name: string | undefined;
	/** As the store knows it, e.g. `application/pdf`. */
	mimeType: string;
}

/**
 * Reads a file from n8n's binary store.
 *
 * `source` is the name of the item's field that holds it, or, where an expression gave it, the file
 * of an earlier node itself (as an agent's tool the node gets no files of its own).
 */
export async function readFile(
	context: IExecuteFunctions,
	itemIndex: number,
	source: string | IBinaryData,
): Promise<FileContent> {
	const file = typeof source === 'string' ? findFile(context, itemIndex, source) : source;
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, source);
	if (bytes.length === 0) {
		throw new NodeOperationError(context.getNode(), `The file ${file.fileName ?? ''} is empty`, {
			itemIndex,
			description: 'Look at the node before this one: it gave a file of 0 bytes.',
		});
	}
	return { bytes, name: file.fileName, mimeType: file.mimeType };
}

function findFile(context: IExecuteFunctions, itemIndex: number, field: string): IBinaryData {
	const files = context.getInputData()[itemIndex]?.binary ?? {};
	const file = files[field];
	if (file) return file;
	const names = Object.keys(files);
	throw new NodeOperationError(context.getNode(), `This item has no file in the field "${field}"`, {
		itemIndex,
		description:
			names.length > 0
				? `It has files in: ${names.join(', ')}. Put one of these names into Input Data Field Name.`
				: 'It has no files at all. Put a node before this one that reads or receives a file.',
	});
}
