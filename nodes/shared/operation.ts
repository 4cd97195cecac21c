import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';

import type { Item } from './item';
import type { Outcome } from './outcome';

/** What an operation makes of an answer: an n8n item but for its pairing, which `runItems` adds. */
export interface Result {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** Where a request goes: an RPC for Artificer, a method and path for FableForge. */
export interface Declared<Call, Response> {
	/** Value of the Resource selector, e.g. `pdf`. */
	resource: string;
	/** Value of the Operation selector, unique within the resource; kept for ever, workflows store it. */
	name: string;
	/** Title Case, shown in the Operation selector. */
	displayName: string;
	/** Sentence case, names the resource; shown in the node panel. */
	action: string;
	/** One sentence: what goes in and what comes out. A model reads it, too. */
	description: string;
	/** Further words under which people search for it in the node panel. */
	aliases: string[];
	/** What is called. */
	call: Call;
	/**
	 * Whether asking twice does no harm. Only then is a call repeated whose answer was lost on the
	 * way; one that never reached the service is repeated in any case.
	 */
	idempotent: boolean | ((item: Item) => boolean);
	/** Default of the option Timeout, in seconds, for one try. */
	timeoutSeconds: number;
	/** Default waits before each further try, in seconds; as many retries as there are numbers. */
	retryWaits: number[];
	/** The fields that this operation adds, in order; gating by resource and operation is derived. */
	fields: INodeProperties[];
	/** Options of its own, besides those that every operation has. */
	options?: INodeProperties[];
	/** How long an answer is kept for the same request, in seconds; 0 unless the user asks for it. */
	cacheSeconds: number;
	/** What the user should know about an answer; said once a run, in the output pane. */
	hint?(response: Response): string | undefined;
}

/** One call for each item. */
export interface ItemOperation<Call, Request, Response> extends Declared<Call, Response> {
	shape: 'item';
	/** Reads the item's fields and files. Throws a `CallFailure` or `NodeOperationError` on bad input. */
	toRequest(item: Item): Request | Promise<Request>;
	/** Makes one or several results of the answer. */
	fromResponse(response: Response, item: Item): Result | Result[] | Promise<Result | Result[]>;
}

/** One call for each item, with an answer that comes in many messages. */
export interface StreamOperation<Call, Request, Message, Part> extends Declared<Call, Message> {
	shape: 'stream';
	toRequest(item: Item): Request | Promise<Request>;
	/** Takes a message as it arrives, so that it need not be held; undefined for one that says nothing. */
	fromMessage(message: Message, item: Item): Promise<Part | undefined>;
	/** Makes results of what became of the messages, in their order. */
	fromParts(parts: Part[], item: Item): Result[];
}

/** One call for all items together, in which each has a part of its own. */
export interface BatchOperation<Call, Part, Request, Response> extends Declared<Call, Response> {
	shape: 'batch';
	/** What an item brings along. Throws on bad input: the item has failed, the others are sent. */
	toPart(item: Item): Part | Promise<Part>;
	/** Makes one request of all parts; `first` is the item whose fields say how. */
	toRequest(parts: Part[], first: Item): Request;
	/** An item's own result, by the place of its part. Throws a `CallFailure` where the item has failed. */
	resultOf(
		response: Response,
		place: number,
		part: Part,
		item: Item,
	): Result | Result[] | Promise<Result | Result[]>;
}

/** Several calls for each item, all of all items at once; how each of them ended is data. */
export interface FanOutOperation<Call, Request, Response> extends Declared<Call, Response> {
	shape: 'fanOut';
	/** The names of an item's calls. Throws on bad input, and then the item has failed as a whole. */
	branches(item: Item): string[];
	toRequest(item: Item, branch: string): Request | Promise<Request>;
	/** Names each item's subject, so that its outcomes find together again further on; read once a run. */
	sources(items: Item[]): string[];
	/** How many of an item's calls must succeed before its other calls are cancelled; 0 waits for all. */
	enough(item: Item): number;
	/** Makes results of how the item's calls ended, in the order of `branches`. */
	fromOutcomes(outcomes: Array<BranchOutcome<Response>>, source: string, item: Item): Result[];
}

/** How one of an item's calls ended. */
export interface BranchOutcome<Response> {
	branch: string;
	outcome: Outcome<Response>;
}

/** An operation of a node, declared once; selectors, fields, codex, reference and dispatch derive from it. */
export type Operation<Call, Request = unknown, Response = unknown> =
	| ItemOperation<Call, Request, Response>
	| StreamOperation<Call, Request, Response, unknown>
	| BatchOperation<Call, unknown, Request, Response>
	| FanOutOperation<Call, Request, Response>;

/** A group of operations, as the Resource selector shows it. */
export interface Resource {
	name: string;
	value: string;
	description: string;
}
