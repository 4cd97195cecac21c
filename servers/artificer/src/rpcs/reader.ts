import { invalid } from '../calls/failure.js';

const unreadable = (): Error =>
	invalid('The request is no message of the contract: it is cut off or broken. Send it again.');

/** One field of a message as it lies on the wire. */
export interface WireField {
	number: number;
	/** Where the field begins, its number included. */
	from: number;
	/** Where its value begins, and where it ends. */
	start: number;
	end: number;
	/** Whether it has a length: a text, bytes or a message. */
	isDelimited: boolean;
}

/** Most bytes that a number takes on the wire. */
const LONGEST_NUMBER = 10;

/** Reads fields off the wire without making anything of their values. */
export class WireReader {
	private at = 0;

	constructor(private readonly bytes: Uint8Array) {}

	/** Calls back for each field between two places, in order. Throws INVALID_ARGUMENT for no message. */
	forEach(start: number, end: number, use: (field: WireField) => void): void {
		this.at = start;
		while (this.at < end) {
			const field = this.next(end);
			use(field);
			this.at = field.end;
		}
	}

	private next(end: number): WireField {
		const from = this.at;
		const tag = this.number(end);
		const number = Math.floor(tag / 8);
		const type = tag % 8;
		const isDelimited = type === 2;
		const length = isDelimited ? this.number(end) : 0;
		const start = this.at;
		if (type === 0) this.number(end);
		else if (type === 1) this.at += 8;
		else if (type === 5) this.at += 4;
		else if (isDelimited) this.at += length;
		else throw unreadable();
		if (this.at > end) throw unreadable();
		return { number, from, start, end: this.at, isDelimited };
	}

	private number(end: number): number {
		let value = 0;
		let factor = 1;
		for (let count = 0; count < LONGEST_NUMBER; count += 1) {
			const byte = this.bytes[this.at];
			if (byte === undefined || this.at >= end) throw unreadable();
			this.at += 1;
			value += (byte & 0x7f) * factor;
			if (byte < 0x80) return value;
			factor *= 128;
		}
		throw unreadable();
	}
}
