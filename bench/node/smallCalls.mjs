// @ts-check
import { inTurn, median, table } from '../support/measure.mjs';
import { callBare, openClient } from './bareClient.mjs';
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
		return [
			`${calls} small calls (Count Tokens), ${atOnce} at once:`,
			table(times, bare),
			`The node has ${share.toFixed(2)} of the bare client's throughput. Goal: at least 0.7.`,
		].join('\n\n');
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
