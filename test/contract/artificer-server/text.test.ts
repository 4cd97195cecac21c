import fc from 'fast-check';
import {
	encoding_for_model,
	get_encoding,
	type TiktokenEncoding,
	type TiktokenModel,
} from 'tiktoken';
import { ArtificerClient, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';

interface Chunk {
	id: string;
	content: string;
	document_id: string;
	project_id: string;
	metadata: {
		filename: string;
		chunk_index: number;
		total_chunks: number;
		start_char: number;
		end_char: number;
	};
}

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer();
	client = new ArtificerClient(server.address);
});

afterAll(async () => {
	client.close();
	await server.stop();
});

const DEFAULTS = { chunk_size: 1000, chunk_overlap: 200, separators: ['\n\n', '\n', '. ', ' '] };

async function chunksOf(content: string, settings: object = {}): Promise<Chunk[]> {
	const request = { document_id: 'd', content, ...DEFAULTS, ...settings };
	const { chunks } = await client.call<{ chunks: Chunk[] }>('TextService/ChunkDocument', request);
	return chunks;
}

/** Text of all kinds: separators, CJK, surrogate pairs, and lone halves that the wire replaces. */
const anyText = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'\n\n',
				'\n',
				'. ',
				' ',
				'word',
				'とても',
				'한국어',
				'😀',
				'👩‍👩‍👧',
				'a'.repeat(40),
			),
			fc.string({ unit: 'grapheme', maxLength: 8 }),
		),
		{ maxLength: 120 },
	)
	.map((parts) => parts.join('').toWellFormed());

describe('ChunkDocument', () => {
	// Breaks when the input on which a reference server took 23 GB does anything but come back.
	it('cuts the text that ends other servers', async () => {
		const content = 'Hello world. '.repeat(20);
		const chunks = await chunksOf(content, { chunk_size: 100, chunk_overlap: 20 });
		expect(chunks.map(({ content: text }) => text.length)).toEqual([91, 91, 91, 26]);
		expect(chunks.map(({ id }) => id)).toEqual([
			'd_chunk_0',
			'd_chunk_1',
			'd_chunk_2',
			'd_chunk_3',
		]);
	});

	// Breaks when a worse separator is preferred to a better one.
	it('breaks at paragraphs first, then lines, sentences and words', async () => {
		const content = 'One two. Three\nfour five.\n\nSix seven eight nine ten eleven';
		const chunks = await chunksOf(content, { chunk_size: 30, chunk_overlap: 0 });
		expect(chunks.map(({ content: text }) => text)).toEqual([
			'One two. Three\nfour five.\n\n',
			'Six seven eight nine ten ',
			'eleven',
		]);
	});

	// Breaks when what came with the document is lost on its chunks.
	it('gives each chunk what it needs to be found again', async () => {
		const request = {
			document_id: 'doc',
			project_id: 'p',
			filename: 'a.txt',
			content: 'Text',
			...DEFAULTS,
		};
		expect(await client.call('TextService/ChunkDocument', request)).toEqual({
			chunks: [
				{
					id: 'doc_chunk_0',
					document_id: 'doc',
					project_id: 'p',
					content: 'Text',
					metadata: {
						filename: 'a.txt',
						chunk_index: 0,
						total_chunks: 1,
						start_char: 0,
						end_char: 4,
					},
				},
			],
			total_chunks: 1,
		});
	});

	it('makes no chunk of nothing', async () => {
		expect(await chunksOf('')).toEqual([]);
	});

	// Breaks when any text under any setting makes chunks that are too long, that overlap too much,
	// that don't advance, that lose text, or that split a surrogate pair.
	it('keeps its promises for any text and setting', async () => {
		const settings = fc
			.tuple(
				fc.integer({ min: 2, max: 80 }),
				fc.nat(79),
				fc.array(fc.constantFrom('\n\n', '\n', '. ', ' ', '。', 'aa')),
			)
			.map(([chunk_size, overlap, separators]) => ({
				chunk_size,
				chunk_overlap: overlap % chunk_size,
				separators,
			}));
		await fc.assert(
			fc.asyncProperty(anyText, settings, async (content, setting) => {
				const chunks = await chunksOf(content, setting);
				let lastStart = -1;
				let lastEnd = 0;
				for (const chunk of chunks) {
					const { start_char, end_char } = chunk.metadata;
					expect(chunk.content).toBe(content.slice(start_char, end_char));
					expect(chunk.content.isWellFormed()).toBe(true);
					expect(end_char - start_char).toBeLessThanOrEqual(setting.chunk_size);
					expect(start_char).toBeGreaterThan(lastStart);
					expect(end_char).toBeGreaterThan(lastEnd);
					expect(start_char).toBeLessThanOrEqual(lastEnd);
					expect(lastEnd - start_char).toBeLessThanOrEqual(setting.chunk_overlap);
					lastStart = start_char;
					lastEnd = end_char;
				}
				expect(lastEnd).toBe(content.length);
			}),
			{ numRuns: 300 },
		);
	});

	// Breaks when the time grows with the square of the length.
	it('cuts ten million characters without a separator', async () => {
		const chunks = await chunksOf('한'.repeat(10_000_000));
		expect(chunks.at(-1)?.metadata.end_char).toBe(10_000_000);
	});

	it.each([
		[
			{ chunk_size: 100, chunk_overlap: 100 },
			/chunk_overlap is 100, but has to be from 0 to less than chunk_size, which is 100/,
		],
		[{ chunk_size: 10, chunk_overlap: -1 }, /chunk_overlap is -1/],
		[{ chunk_size: -5, chunk_overlap: 0 }, /chunk_size is -5/],
		[{ chunk_size: 1, chunk_overlap: 0 }, /chunk_size is 1, but has to be 2 or more/],
		[{ separators: [''] }, /separator is empty/],
	])('refuses %j', async (settings, details) => {
		const failure = await failureOf(chunksOf('text', settings));
		expect(failure).toEqual({
			status: 'INVALID_ARGUMENT',
			details: expect.stringMatching(details),
		});
	});
});

describe('ChunkDocumentsBatch', () => {
	// Breaks when documents are mixed up.
	it('keeps each document’s chunks under its id', async () => {
		const documents = Array.from({ length: 20 }, (_, index) => ({
			document_id: `doc ${index}`,
			content: `${index} `.repeat(500),
		}));
		const { chunks_map, total_documents } = await client.call<{
			chunks_map: Record<string, { chunks: Chunk[] }>;
			total_documents: number;
		}>('TextService/ChunkDocumentsBatch', { documents, ...DEFAULTS });
		expect(total_documents).toBe(20);
		for (const { document_id, content } of documents) {
			const chunks = chunks_map[document_id]?.chunks ?? [];
			expect(chunks.length).toBeGreaterThan(0);
			expect(chunks.at(-1)?.metadata.end_char).toBe(content.length);
			expect(chunks.every((chunk) => chunk.document_id === document_id)).toBe(true);
		}
	});

	it('refuses two documents of one id', async () => {
		const documents = [{ document_id: 'a' }, { document_id: 'a' }];
		const failure = await failureOf(
			client.call('TextService/ChunkDocumentsBatch', { documents, ...DEFAULTS }),
		);
		expect(failure.status).toBe('INVALID_ARGUMENT');
		expect(failure.details).toContain('only 1 different document_ids');
	});
});

async function tokensOf(content: string, model: string): Promise<number> {
	const { token_count } = await client.call('TextService/CountTokens', { content, model });
	return Number(token_count);
}

/** A model of each encoding that tiktoken knows by name. */
const MODELS: [TiktokenModel, TiktokenEncoding][] = [
	['gpt-4', 'cl100k_base'],
	['gpt-4o', 'o200k_base'],
	['text-davinci-003', 'p50k_base'],
	['text-davinci-001', 'r50k_base'],
	['text-davinci-edit-001', 'p50k_edit'],
	['gpt2', 'gpt2'],
];

describe('CountTokens', () => {
	// Breaks when a model family is counted by another encoding than tiktoken's.
	it.each(MODELS)('counts as tiktoken does for %s', async (model) => {
		const reference = encoding_for_model(model);
		await fc.assert(
			fc.asyncProperty(anyText, async (content) => {
				expect(await tokensOf(content, model)).toBe(reference.encode_ordinary(content).length);
			}),
			{ numRuns: 60 },
		);
		reference.free();
	});

	// Breaks when a run of one kind of character takes time by the square of its length: hours here.
	it('counts runs that are millions of characters long', async () => {
		expect(await tokensOf('b'.repeat(2_000_000), 'gpt-4')).toBe(500_000);
		expect(await tokensOf('𝐛'.repeat(500_000), 'gpt-4')).toBeGreaterThan(500_000);
		// Words as people write them are not cut, wherever they stand.
		const words = `${'donaudampfschifffahrtsgesellschaft '.repeat(100)}${'b'.repeat(400)}`;
		const tiktoken = encoding_for_model('gpt-4');
		expect(await tokensOf(words, 'gpt-4')).toBe(tiktoken.encode(words).length);
		tiktoken.free();
	});

	// Breaks when text that looks like a special token is an order, or a failure.
	it('takes special tokens in a text for text', async () => {
		const reference = get_encoding('cl100k_base');
		const content = 'a <|endoftext|> b <|fim_prefix|>';
		expect(await tokensOf(content, 'gpt-4')).toBe(reference.encode_ordinary(content).length);
		reference.free();
	});

	it.each([
		['gpt-4o-2031-01-01', 'gpt-4o-2031-01-01'],
		['ft:gpt-4o:acme', 'ft:gpt-4o:acme'],
		['', 'gpt-4'],
		['claude-9', 'claude-9 (unknown; o200k_base)'],
		['__proto__', '__proto__ (unknown; o200k_base)'],
	])('answers the model %p as %p', async (model, answered) => {
		expect(await client.call('TextService/CountTokens', { content: 'x', model })).toMatchObject({
			token_count: 1,
			model: answered,
		});
	});

	it('counts none in nothing, and none for a byte order mark', async () => {
		expect(await tokensOf('', 'gpt-4')).toBe(0);
		expect(await tokensOf('\uFEFFhello', 'gpt-4')).toBe(1);
	});
});

const MESSAGES = [
	{ role: 'system', content: 'You are brief.' },
	{ role: 'user', content: 'Hello there' },
	{ role: 'assistant', content: 'Hi' },
];
const OVERHEADS = { message_overhead: 4, conversation_overhead: 3, model: 'gpt-4' };

describe('conversations', () => {
	// Breaks when role, content or an overhead is left out or counted twice.
	it('counts content, role and overhead of each message', async () => {
		const request = { messages: MESSAGES, ...OVERHEADS };
		expect(await client.call('TextService/CountConversationTokens', request)).toMatchObject({
			total_tokens: 3 + (4 + 1 + 4) + (2 + 1 + 4) + (1 + 1 + 4),
			message_count: 3,
			message_tokens: [
				{ content_tokens: 4, role_tokens: 1, total_tokens: 9 },
				{ content_tokens: 2, role_tokens: 1, total_tokens: 7 },
				{ content_tokens: 1, role_tokens: 1, total_tokens: 6 },
			],
			model: 'gpt-4',
		});
	});

	// Breaks when the fit is counted from the oldest message, or passes over one that is too long.
	it.each([
		[25, 3, 25],
		[24, 2, 16],
		[9, 1, 9],
		[8, 0, 0],
	])('fits into %d tokens %d messages', async (max_tokens, count, total_tokens) => {
		const request = { messages: MESSAGES, max_tokens, ...OVERHEADS };
		expect(await client.call('TextService/EstimateMessageFit', request)).toMatchObject({
			count,
			total_tokens,
			max_tokens,
		});
	});

	it('refuses a negative overhead', async () => {
		const request = { messages: MESSAGES, ...OVERHEADS, message_overhead: -4 };
		const failure = await failureOf(client.call('TextService/CountConversationTokens', request));
		expect(failure.status).toBe('INVALID_ARGUMENT');
	});
});

describe('CalculateContextWindow', () => {
	it('shares the window out', async () => {
		const request = { model_context_window: 200_000, output_tokens: 4096, system_tokens: 2001 };
		expect(await client.call('TextService/CalculateContextWindow', request)).toEqual({
			model_context_window: 200_000,
			reserved_for_output: 4096,
			reserved_for_system: 2001,
			available_for_history: 193_903,
			recent_messages_window: 48_475,
			summary_window: 145_428,
		});
	});

	it('refuses reserves that are larger than the window', async () => {
		const request = { model_context_window: 1000, output_tokens: 900, system_tokens: 101 };
		const failure = await failureOf(client.call('TextService/CalculateContextWindow', request));
		expect(failure.status).toBe('INVALID_ARGUMENT');
		expect(failure.details).toContain('together take 1001');
	});
});
