import { ArtificerClient, type Message } from '../support/artificerClient';
import { startArtificerServer } from '../support/artificerServer';
import { samePagesPdf } from './fixtures/pdfs';

/** One worker, so that whatever waits, waits for it. */
async function withOneWorker(use: (client: ArtificerClient) => Promise<void>): Promise<void> {
	const server = await startArtificerServer({ GRPC_MAX_WORKERS: '1' });
	const client = new ArtificerClient(server.address);
	try {
		await client.call('MetricsService/HealthCheck');
		await use(client);
	} finally {
		client.close();
		await server.stop();
	}
}

const LINES = Array.from({ length: 30 }, () => 'A line of ordinary length, one of many.');

describe('turns of calls', () => {
	// Breaks when a document's pages are one job, or a job's pages are not counted by their time.
	it('answers a short call and health before a document of 500 pages that came first', async () => {
		await withOneWorker(async (client) => {
			const [long, short] = await Promise.all([500, 1].map((pages) => samePagesPdf(pages, LINES)));
			const order: string[] = [];
			const call = async (name: string, rpc: string, request = {}): Promise<Message> => {
				const answer = await client.call(rpc, request);
				order.push(name);
				return answer;
			};
			const first = call('long', 'PDFService/ExtractText', { pdf_data: long });
			// By the time that this is answered, the long one is on its way.
			await client.call('PDFService/ExtractText', { pdf_data: short });
			const [whole] = await Promise.all([
				first,
				call('short', 'PDFService/ExtractText', { pdf_data: short }),
				call('health', 'MetricsService/HealthCheck'),
			]);
			expect(String(whole.text).split('\f')).toEqual(Array(500).fill(LINES.join('\n')));
			expect(order.at(-1)).toBe('long');
			expect(order.toSorted()).toEqual(['health', 'long', 'short']);
		});
	});

	// Breaks when a call waits for a turn of each that came before: 12 pages would come before it.
	it('lets a call that has had least go first, however many long ones wait', async () => {
		await withOneWorker(async (client) => {
			const pdf_data = await samePagesPdf(200, LINES);
			let pages = 0;
			const streams = Array.from({ length: 12 }, () => {
				const stream = client.stream('PDFService/ExtractPagesToImages', { pdf_data, dpi: 72 });
				stream.on('data', () => (pages += 1)).on('error', () => undefined);
				return stream;
			});
			// Each has had a page or more, and waits for its next.
			while (pages < 36) await new Promise((resolve) => setImmediate(resolve));
			const before = pages;
			await client.call('TextService/CountTokens', { content: 'a', model: 'gpt-4' });
			expect(pages - before).toBeLessThan(8);
			for (const stream of streams) stream.cancel();
		});
	});
});
