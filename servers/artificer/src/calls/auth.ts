import { createHash, timingSafeEqual } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';

/** Of equal length whatever the secret's is, so that comparing tells nothing about it. */
const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** gRPC's health service stays open: probes of an orchestrator carry no secret. */
const OPEN = '/grpc.health.v1.Health/';

/** Lets a call in only with `authorization: Bearer <key>`, before its message is read. */
export function bearerToken(apiKey: string): grpc.ServerInterceptor {
	const expected = digest(`Bearer ${apiKey}`);
	return (method, call) => {
		const refuse = (details: string): void =>
			call.sendStatus({ code: grpc.status.UNAUTHENTICATED, details });
		return new grpc.ServerInterceptingCall(call, {
			start: (next) =>
				next(
					new grpc.ServerListenerBuilder()
						.withOnReceiveMetadata((metadata, proceed) => {
							const [given] = metadata.get('authorization');
							if (method.path.startsWith(OPEN)) proceed(metadata);
							else if (typeof given !== 'string') {
								refuse('No API key was sent. Send metadata "authorization: Bearer <API key>".');
							} else if (!timingSafeEqual(digest(given), expected)) {
								refuse('The API key is not the one of this server. Check it and send it again.');
							} else proceed(metadata);
						})
						.build(),
				),
		});
	};
}
