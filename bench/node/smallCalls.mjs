// @ts-check
import { inTurn, median, timesTable } from '../support/measure.mjs';
import { openClient } from '../support/grpc.mjs';
import { callBare } from './bareClient.mjs';
import { runArtificer } from './target.mjs';

const calls = 1000;
const atOnce = 10;
const rounds = 7;
const bare = 'bare grpc-js client';
const throughNode = 'Artificer node in n8n';

/**
 * Many small calls through the node, and the same by a bare client at the same concurrency.
 *
 * @param {import('./target.mjs').Target} target
 * @returns {Promise<import('./target.mjs').Part>}
 */
export async function smallCalls(target) {
	const texts = Array.from({ length: calls }, (_, number) => `A text of its own: ${number}.`);
	const items = texts.map((text) => ({ json: { text } }));
	const client = openClient(target.address);
	const contestants = {
		[bare]: async () => await callAll(client, texts),
		[throughNode]: async () =>
			await runArtificer(target, items, {
				resource: 'text',
				operation: 'countTokens',
				content: '={{ $json.text }}',
				options: { atOnce },
			}),
	};
	try {
		// Both are warm when it counts: compiled code, open channels, the server's tokenizer.
		await inTurn(contestants, 2);
		const times = await inTurn(contestants, rounds);
		const share = median(times[bare] ?? []) / median(times[throughNode] ?? []);
		const caption = `${calls} small calls (Count Tokens), ${atOnce} at once:`;
		return {
			tables: [timesTable(caption, times, bare)],
			goals: [
				{
					goal: "Small calls through the node reach at least 0.7 of a bare client's throughput",
					measured: share.toFixed(2),
					met: share >= 0.7,
				},
			],
		};
	} finally {
		client.close();
	}
}

/**
 * @param {import('@grpc/grpc-js').Client} client
 * @param {string[]} texts
 */
async function callAll(client, texts) {
	const waiting = texts.values();
	const worker = async () => {
		for (const text of waiting) await callBare(client, text);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
