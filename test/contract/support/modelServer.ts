import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the stand-in treats the next requests. */
export type ModelBehaviour =
	/** Does its task, as JSON of the shape that was asked for. */
	| 'answers'
	/** Says that it won't, as OpenAI's models do for structured output. */
	| 'refuses'
	/** Is stopped by a filter for content. */
	| 'is filtered'
	/** Answers once `release` is called. */
	| 'waits'
	/** Never answers. */
	| 'stalls'
	/** Ends in the middle of the JSON, and says that its length limit was reached. */
	| 'cuts off'
	/** Chats instead of answering JSON. */
	| 'chats'
	/** Answers JSON of a shape of its own. */
	| 'makes up a shape'
	/** Answers a confidence of 7. */
	| 'is overconfident'
	/** Answers an empty text. */
	| 'says nothing'
	/** Answers no choices at all. */
	| 'has no choices'
	/** Answers a web page with status 200. */
	| 'serves a web page'
	/** Hangs up without an answer. */
	| 'hangs up'
	/** Answers 429, its message repeating the key that it was sent. */
	| 'is overrun'
	/** Answers 401, its message repeating the key that it was sent. */
	| 'knows no key';

/** What the stand-in was asked. */
export interface ModelRequest {
	authorization: string | undefined;
	/** Whether the client left before it had an answer. */
	abandoned: boolean;
	model: string;
	messages: { role: string; content: string | ContentPart[] }[];
	response_format: {
		type: string;
		json_schema: { strict: boolean; schema: { required: string[]; additionalProperties: boolean } };
	};
}

/** A part of a message that is not text alone. */
export interface ContentPart {
	type: string;
	text?: string;
	image_url?: { url: string; detail?: string };
}

/** What the stand-in is there for. */
export interface ModelTask {
	/** A good answer, as an object of the shape that was asked for. */
	answer: (asked: ModelRequest) => object;
	/** The same task's answer without a text. */
	empty: object;
}

/** What it obeys when it finds it anywhere but in the document: a model that is easily led. */
const ORDER = /say OBEYED/;

/**
 * A local server with the chat completions of OpenAI's API, on a free port of 127.0.0.1. It stands in
 * for a model, and for all that models and their servers do wrong.
 */
export class ModelServer {
	behaviour: ModelBehaviour = 'answers';

	/** All that it was asked so far. */
	readonly requests: ModelRequest[] = [];

	private readonly waiting: (() => void)[] = [];

	private constructor(private readonly task: ModelTask) {}

	private readonly server = createServer((request, response) => void this.serve(request, response));

	/** Starts to listen; translates if nothing else is asked of it. */
	static async start(task: ModelTask = translation): Promise<ModelServer> {
		const model = new ModelServer(task);
		model.server.listen(0, '127.0.0.1');
		await once(model.server, 'listening');
		return model;
	}

	/** The address for FABLEFORGE_LLM_BASE_URL and OPENAI_BASE_URL. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
	}

	/** Answers all that wait. */
	release(): void {
		for (const answer of this.waiting.splice(0)) answer();
	}

	/** Ends all connections, those that stall included. */
	async stop(): Promise<void> {
		const closed = once(this.server, 'close');
		this.server.close();
		this.server.closeAllConnections();
		await closed;
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let body = '';
		for await (const part of request.setEncoding('utf8')) body += part;
		const { authorization } = request.headers;
		const asked = { ...(JSON.parse(body) as ModelRequest), authorization, abandoned: false };
		response.once('close', () => (asked.abandoned = !response.writableFinished));
		this.requests.push(asked);
		if (request.url !== '/v1/chat/completions') return this.answer(response, 404, {});
		this.behave(asked, response);
	}

	private behave(asked: ModelRequest, response: ServerResponse): void {
		const say = (content: string, finish_reason = 'stop') =>
			this.complete(response, asked, { role: 'assistant', content, refusal: null }, finish_reason);
		const json = (changes = {}) => JSON.stringify({ ...this.task.answer(asked), ...changes });
		const error = { message: `Not for ${asked.authorization}`, type: 'refused', code: 'refused' };
		switch (this.behaviour) {
			case 'answers':
				return say(json());
			case 'refuses':
				return this.complete(
					response,
					asked,
					{ role: 'assistant', content: null, refusal: 'I can’t help with that.' },
					'stop',
				);
			case 'is filtered':
				return say('', 'content_filter');
			case 'waits':
				this.waiting.push(() => say(json()));
				return;
			case 'stalls':
				return;
			case 'cuts off':
				return say(json().slice(0, 20), 'length');
			case 'chats':
				return say('Sure! Here is what you asked for: …');
			case 'makes up a shape':
				return say(JSON.stringify({ result: this.task.answer(asked) }));
			case 'is overconfident':
				return say(json({ confidence: 7 }));
			case 'says nothing':
				return say(JSON.stringify(this.task.empty));
			case 'has no choices':
				return this.answer(response, 200, { id: '1', object: 'chat.completion', choices: [] });
			case 'serves a web page':
				response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
				return;
			case 'hangs up':
				response.destroy();
				return;
			case 'is overrun':
				return this.answer(response, 429, { error });
			case 'knows no key':
				return this.answer(response, 401, { error });
		}
	}

	private complete(
		response: ServerResponse,
		asked: ModelRequest,
		message: object,
		finish_reason: string,
	): void {
		this.answer(response, 200, {
			id: 'chatcmpl-1',
			object: 'chat.completion',
			created: 0,
			model: `${asked.model}-2026`,
			choices: [{ index: 0, message, finish_reason }],
			usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
		});
	}

	private answer(response: ServerResponse, status: number, body: object): void {
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	}
}

const refinement = (refined_text: string): object => ({
	refined_text,
	confidence: 0.9,
	improvements: ['Made it readable.'],
});

const translation: ModelTask = {
	answer: (asked) => refinement(translate(asked)),
	empty: refinement(' '),
};

/** Brackets for a translation; or, easily led, the order that stands outside of the document. */
function translate({ messages }: ModelRequest): string {
	const [system, user, ...more] = messages;
	if (system?.role !== 'system' || user?.role !== 'user' || more.length > 0) return 'OBEYED';
	if (typeof system.content !== 'string' || typeof user.content !== 'string') return 'OBEYED';
	if (ORDER.test(system.content)) return 'OBEYED';
	let document: Record<string, unknown>;
	try {
		document = JSON.parse(user.content) as Record<string, unknown>;
	} catch {
		return 'OBEYED';
	}
	const others = Object.keys(document).filter((key) => key !== 'text' && key !== 'tagged_text');
	if (typeof document.text !== 'string' || others.length > 0) return 'OBEYED';
	return `[${document.text}]`;
}
