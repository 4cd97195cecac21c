import type { HttpAnswer, HttpRequest } from '../../../nodes/FableForge/transport/sender';
import { HostProcess } from '../support/hostProcess';

type Sent = { answer: HttpAnswer } | { thrown: { message: string } };

/** The sender that the FableForge node has in n8n, over n8n's own HTTP client, in its process. */
export class N8nSender {
	private last = 0;

	private constructor(private readonly host: HostProcess) {}

	static async start(): Promise<N8nSender> {
		return new N8nSender(await HostProcess.start('../senders/n8nSenderHost.mjs'));
	}

	async send({ signal, ...request }: HttpRequest): Promise<HttpAnswer> {
		const id = ++this.last;
		const abort = () => void this.host.call('abort', id);
		const sending = this.host.call<Sent>('send', id, request);
		signal.addEventListener('abort', abort);
		if (signal.aborted) abort();
		try {
			const sent = await sending;
			if ('answer' in sent) return sent.answer;
			throw Object.assign(new Error(sent.thrown.message), sent.thrown);
		} finally {
			signal.removeEventListener('abort', abort);
		}
	}

	/** Makes the limit of n8n's own HTTP client, 300 s, another one, in ms. */
	async limitTo(ms: number): Promise<void> {
		await this.host.call('limitTo', ms);
	}

	/** A request by n8n's own HTTP client, with nothing said but where to. */
	async sendPlainly(url: string): Promise<unknown> {
		return await this.host.call('sendPlainly', url);
	}

	async close(): Promise<void> {
		await this.host.close();
	}
}
