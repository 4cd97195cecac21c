// @ts-check
import { inTurn, timesTable } from '../support/measure.mjs';
import { openClient } from '../support/grpc.mjs';
import { callBare } from './bareClient.mjs';

const calls = 200;
const reused = 'one channel for all';
const own = 'a channel of its own each';

/**
 * Calls one after the other by a channel that stays open, as the node's do, and by one that each
 * opens for itself, as a client per task does.
 *
 * @param {import('./target.mjs').Target} target
 * @returns {Promise<import('./target.mjs').Part>}
 */
export async function channels({ address }) {
	const numbers = Array.from({ length: calls }, (_, number) => number);
	const client = openClient(address);
	const contestants = {
		[reused]: async () => {
			for (const number of numbers) await callBare(client, `Text ${number}`);
		},
		[own]: async () => {
			for (const number of numbers) {
				const single = openClient(address);
				await callBare(single, `Text ${number}`);
				single.close();
			}
		},
	};
	try {
		await inTurn(contestants, 1);
		const times = await inTurn(contestants, 5);
		const caption = `${calls} calls one after the other, plaintext on loopback:`;
		return { tables: [timesTable(caption, times, reused)], goals: [] };
	} finally {
		client.close();
	}
}
