// @ts-check
import { setTimeout as wait } from 'node:timers/promises';

const texts = {
	kor: '안녕하세요, 이것은 문서입니다. 오늘은 날씨가 좋습니다.',
	jpn: '今日は天気がいいですね。これは文書です。',
	chi: '这是一个文件，今天天气很好。',
};

/**
 * Sends a batch to the template «Distributed Batch», and waits until every document is done.
 *
 * @param {import('../../sandbox/cluster/batch-templates.mjs').BatchTemplates} live
 * @param {object} batch
 * @param {string} batch.id
 * @param {number} batch.documents how many
 * @param {(done: number) => void} [batch.progress] told now and then
 */
export async function runBatch({ header, batch: address }, { id, documents, progress }) {
	const languages = Object.entries(texts);
	const headers = { [header.name]: header.value, 'content-type': 'application/json' };
	const response = await fetch(address, {
		method: 'POST',
		headers,
		body: JSON.stringify({
			batch_id: id,
			documents: Array.from({ length: documents }, (_, place) => {
				const [language, text] = languages[place % languages.length] ?? ['kor', texts.kor];
				return { document_id: `${id}-${place}`, text: `${text} (${id} ${place})`, language };
			}),
		}),
	});
	const answer = await response.text();
	if (response.status !== 202)
		throw new Error(`The batch was answered ${response.status}: ${answer}`);
	for (;;) {
		const state = await fetch(`${address}?batch_id=${id}&limit=1`, { headers });
		const account = /** @type {any} */ (await state.json());
		progress?.(account.done);
		if (account.failed > 0) {
			throw new Error(
				`${account.failed} documents failed: ${JSON.stringify(account.failures?.[0])}`,
			);
		}
		if (account.finished) return;
		// The account reads a row for each document: 1 MB for 5,000.
		await wait(documents > 1_000 ? 5_000 : 500);
	}
}
