import {
	NodeOperationError,
	type IBinaryData,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import { readFile, type FileContent } from './files';
import type { Parameters } from './parameters';

/** One input item, as an operation sees it: its fields, options and files. */
export class Item {
	/** The name of the file that was read for this item, for messages. */
	fileName: string | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		readonly index: number,
		private readonly parameters: Parameters,
	) {}

	/** The item's data as it came in. */
	get json(): IDataObject {
		return this.context.getInputData()[this.index]?.json ?? {};
	}

	/** A field's value. Throws where a required field has none. */
	field<T>(name: string): T {
		return this.parameters.read(name, this.index) as T;
	}

	/** A field's value, or the fallback where the field is not shown. */
	fieldOr<T>(name: string, fallback: T): T {
		return this.parameters.read(name, this.index, fallback) as T;
	}

	/** A text field. Numbers and objects that an expression gave are written out; nothing given is refused. */
	text(name: string, displayName: string): string {
		const value = this.field<unknown>(name);
		const text =
			typeof value === 'string' ? value : value === undefined || value === null ? '' : write(value);
		if (text === '') {
			throw this.refused(
				`${displayName} is empty`,
				'Give a text, or an expression that yields one for every item.',
			);
		}
		return text;
	}

	/**
	 * A whole number within bounds (both included).
	 *
	 * @param path the field's name, or `options.` and an option's
	 * @param fallback where the user has not set it
	 */
	wholeNumber(
		path: string,
		displayName: string,
		min: number,
		max: number,
		fallback?: number,
	): number {
		const given = this.parameters.read(path, this.index, fallback);
		const value = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
		if (Number.isInteger(value) && value >= min && value <= max) return value;
		throw this.refused(
			`${displayName} is "${String(given)}", but a whole number from ${min} to ${max} is needed`,
		);
	}

	/**
	 * A field for JSON, which holds JSON text or, where an expression gave it, the value itself.
	 *
	 * @param path the field's name, or `options.` and an option's
	 * @param example what would have been right, for the message
	 */
	parsed(path: string, displayName: string, example: string): unknown {
		const given = this.parameters.read(path, this.index, '');
		if (typeof given !== 'string') return given;
		if (given.trim() === '') return undefined;
		try {
			return JSON.parse(given) as unknown;
		} catch {
			throw this.refused(`${displayName} is a text, but no JSON`, `For example: ${example}`);
		}
	}

	/** Like `parsed`, and an object; where nothing was given, an empty one. */
	object(path: string, displayName: string, example: string): IDataObject {
		const value = this.parsed(path, displayName, example) ?? {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as IDataObject;
		throw this.refused(`${displayName} is no JSON object`, `For example: ${example}`);
	}

	/** One of the node's options, or the fallback where the user has not set it. */
	option<T>(name: string, fallback: T): T {
		return this.parameters.read(`options.${name}`, this.index, fallback) as T;
	}

	/** Reads a file of this item, or one that an expression yields from an earlier node, into memory. */
	async file(parameter: string): Promise<FileContent> {
		const file = await readFile(
			this.context,
			this.index,
			this.field<string | IBinaryData>(parameter),
		);
		this.fileName = file.name;
		return file;
	}

	/** Hands a file to n8n's binary store. */
	async store(content: Buffer, name: string, mimeType: string): Promise<IBinaryData> {
		return await this.context.helpers.prepareBinaryData(content, name, mimeType);
	}

	/** What to throw when the user's input for this item can't be used. */
	refused(message: string, hint?: string): NodeOperationError {
		return new NodeOperationError(this.context.getNode(), message, {
			itemIndex: this.index,
			...(hint && { description: hint }),
		});
	}
}

function write(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
