import { setTimeout as wait } from 'node:timers/promises';
import type { Cluster } from './cluster';

/** How long an answer may still be under way when its execution has ended, in ms. */
const underWay = 5_000;

/** What a webhook answered. */
interface Answer {
	status: number;
	text: string;
}

/**
 * Many requests at once to the webhook of one template, which nothing else has started so far. A
 * request that has no answer when n8n has nothing left to do will never get one: it is given up.
 *
 * @param workflowId the template's
 * @param bodies one for each request
 * @returns an answer for each of them; undefined for what was given up
 */
export async function burst(
	cluster: Cluster,
	workflowId: string,
	url: string,
	bodies: readonly object[],
): Promise<Array<Answer | undefined>> {
	const giveUp = new AbortController();
	const asked = Promise.all(
		bodies.map(async (body) => await answerOf(cluster, url, body, giveUp.signal)),
	);
	const ended = (async () => {
		while ((await cluster.executionsOf(workflowId)).length < bodies.length) await wait(500);
		await cluster.quiet();
		await wait(underWay);
	})();
	await Promise.race([asked, ended]);
	giveUp.abort();
	return await asked;
}

/** One request's answer; undefined where it was given up. */
export async function answerOf(
	cluster: Cluster,
	url: string,
	body: object,
	signal?: AbortSignal,
): Promise<Answer | undefined> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { ...cluster.header, 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal,
		});
		return { status: response.status, text: await response.text() };
	} catch (error) {
		if (signal?.aborted) return undefined;
		throw error;
	}
}
