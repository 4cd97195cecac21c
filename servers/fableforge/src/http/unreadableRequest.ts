import type { Socket } from 'node:net';

/** Requests that end before there is an endpoint to ask, by the code of Node's complaint. */
const ANSWERS: Readonly<Record<string, { status: string; detail: string }>> = {
	HPE_HEADER_OVERFLOW: {
		status: '431 Request Header Fields Too Large',
		detail: 'The address or the headers are too long: send a long text as JSON body.',
	},
	ERR_HTTP_REQUEST_TIMEOUT: {
		status: '408 Request Timeout',
		detail: 'The request did not arrive in time.',
	},
};

const OTHERWISE = { status: '400 Bad Request', detail: 'This is not HTTP that can be read.' };

/** Answers what the HTTP parser gave up on in the shape of all other answers, and hangs up. */
export function answerUnreadableRequest(problem: NodeJS.ErrnoException, socket: Socket): void {
	if (!socket.writable) return void socket.destroy();
	const { status, detail } = ANSWERS[problem.code ?? ''] ?? OTHERWISE;
	const body = JSON.stringify({ detail });
	socket.end(
		`HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\n` +
			`content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
	);
}
