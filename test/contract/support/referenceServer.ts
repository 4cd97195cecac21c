import {
	Server,
	ServerCredentials,
	status as Status,
	type sendUnaryData,
	type ServerUnaryCall,
	type ServerWritableStream,
} from '@grpc/grpc-js';

import { clientClasses, type Service } from '../../../nodes/Artificer/transport/services';

const MiB = 1024 * 1024;

type Asked = ServerUnaryCall<{ content: string; model: string }, object>;
type Streamed = ServerWritableStream<object, object>;

/**
 * Answers as the reference server was seen to: INTERNAL for everything that goes wrong, gRPC's own
 * limit of 4 MiB, a message of nothing before a stream fails, and calls that never return. What it is
 * asked decides what it does: tokens of `hang` are never counted, the answer for `large` has 2 MiB,
 * and for `token` it declines who calls, with the token in its words.
 */
export class ReferenceServer {
	/** Calls to count tokens that have come, and that the client has given up. */
	readonly seen = { begun: 0, cancelled: 0 };

	/** Whether it renders pages (of 5 MiB) instead of failing to. */
	renders = false;

	private readonly server = new Server();

	private constructor(
		/** `host:port`. */
		public address: string,
	) {}

	static async start(): Promise<ReferenceServer> {
		const reference = new ReferenceServer('');
		const port = await reference.listen();
		reference.address = `127.0.0.1:${port}`;
		return reference;
	}

	/** Ends at once, with all that is under way. */
	stop(): void {
		this.server.forceShutdown();
	}

	private async listen(): Promise<number> {
		const serviceOf = (name: Service) => clientClasses()[name].service;
		this.server.addService(serviceOf('PDFService'), {
			ExtractText: (_: unknown, answer: sendUnaryData<object>) =>
				answer({
					code: Status.INTERNAL,
					details: 'PDF text extraction failed: cannot open broken document',
				}),
			ExtractPagesToImages: (call: Streamed) => this.render(call),
		});
		this.server.addService(serviceOf('ConversionService'), {
			BatchExport: (call: Streamed) => {
				call.write({ error: 'Batch export failed: cannot read document' });
				call.emit('error', failure('Batch export failed: cannot read document'));
			},
		});
		this.server.addService(serviceOf('TextService'), {
			CountTokens: (call: Asked, answer: sendUnaryData<object>) => this.count(call, answer),
		});
		return await new Promise((resolve, reject) =>
			this.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
				error ? reject(error) : resolve(bound),
			),
		);
	}

	private count(call: Asked, answer: sendUnaryData<object>): void {
		this.seen.begun += 1;
		call.once('cancelled', () => (this.seen.cancelled += 1));
		const { content } = call.request;
		if (content === 'hang') return;
		if (content === 'token') {
			const [given] = call.metadata.get('authorization');
			return answer({ code: Status.UNAUTHENTICATED, details: `Not accepted: ${String(given)}` });
		}
		const model = content === 'large' ? 'x'.repeat(2 * MiB) : call.request.model;
		answer(null, { token_count: content.length, model });
	}

	private render(call: Streamed): void {
		if (this.renders) {
			const image = Buffer.alloc(5 * MiB, 1);
			const page = { content_type: 'image/png', format: 'png', size_bytes: image.length };
			for (const page_number of [1, 2]) call.write({ ...page, page_number, image_data: image });
			call.end();
			return;
		}
		call.write({});
		call.emit('error', failure('Page rendering failed: cannot open broken document'));
	}
}

function failure(details: string): Error {
	return Object.assign(new Error(details), { code: Status.INTERNAL, details });
}
