// @ts-check
import { get_encoding } from 'tiktoken';
import { call } from '../support/grpc.mjs';
import { inTurn, median, timesTable } from '../support/measure.mjs';
import { engine } from './engines.mjs';
import { ownPages } from './ownPages.mjs';
import { bare, oneWorker } from './servers.mjs';

const rounds = 25;
/** OpenAI's encoding of gpt-4. */
const encodingName = 'cl100k_base';
const [more, fewer] = [10_000, 4000];

/**
 * Tokens counted, and the same by OpenAI's tokenizer compiled to WebAssembly.
 *
 * @param {import('./servers.mjs').Servers} servers
 * @returns {Promise<import('./servers.mjs').Part>}
 */
export async function tokens({ one }) {
	const { countTokens } = await engine('text/tokens.js');
	const encoding = get_encoding(encodingName);
	const all = encoding.encode((await ownPages()).repeat(2), [], []);
	const textOf = (/** @type {number} */ count) =>
		new TextDecoder().decode(encoding.decode(all.slice(0, count)));
	const [long, short] = [textOf(more), textOf(fewer)];
	const names = {
		engine: `${bare}, ${more} tokens`,
		server: `${oneWorker}, ${more} tokens`,
		tiktoken: `tiktoken, ${fewer} tokens`,
		same: `tiktoken, ${more} tokens`,
	};
	const contestants = {
		[names.tiktoken]: async () => encoding.encode(short, [], []).length,
		[names.same]: async () => encoding.encode(long, [], []).length,
		[names.engine]: async () => await countTokens({ texts: [long], model: 'gpt-4' }),
		[names.server]: async () =>
			await call(one, 'TextService/CountTokens', { content: long, model: 'gpt-4' }),
	};
	await demandSame(one, long, encoding);
	await inTurn(contestants, rounds);
	const times = await inTurn(contestants, rounds);
	encoding.free();
	const [ours, theirs] = [names.engine, names.tiktoken].map((name) => median(times[name] ?? []));
	const share = (ours ?? Number.NaN) / (theirs ?? Number.NaN);
	return {
		tables: [timesTable("Tokens of this project's pages counted:", times, names.tiktoken, 'ms')],
		goals: [
			{
				goal: `${more} tokens counted in the time that tiktoken takes for ${fewer}`,
				measured: `${share.toFixed(2)} times that`,
				met: share <= 1,
			},
		],
	};
}

/**
 * A wrong count is no count.
 *
 * @param {import('@grpc/grpc-js').Client} client
 * @param {string} content
 * @param {import('tiktoken').Tiktoken} encoding
 */
async function demandSame(client, content, encoding) {
	const answer = await call(client, 'TextService/CountTokens', { content, model: 'gpt-4' });
	const expected = encoding.encode(content, [], []).length;
	if (answer.token_count !== expected) {
		throw new Error(`The server counts ${answer.token_count} tokens, tiktoken ${expected}`);
	}
}
