// @ts-check

/**
 * Answers the calls of the process that forked this one, and ends with it.
 *
 * @param {Record<string, (...args: any[]) => Promise<unknown>>} methods
 * @param {() => Promise<void>} close called once, when the parent is done or gone
 * @returns {void}
 */
export function serve(methods, close) {
	let closing = false;
	const end = () => {
		if (closing) return;
		closing = true;
		close().then(
			() => process.exit(0),
			(error) => {
				console.error(error);
				process.exit(1);
			},
		);
	};
	process.on('message', (/** @type {{ id: number, method: string, args: unknown[] }} */ call) => {
		void answer(methods, call);
	});
	process.on('disconnect', end);
	process.on('SIGTERM', end);
	// Ctrl-C in the terminal reaches us too: the parent disconnects when it is done.
	process.on('SIGINT', end);
	process.send?.({ ready: true });
}

/**
 * @param {Record<string, (...args: any[]) => Promise<unknown>>} methods
 * @param {{ id: number, method: string, args: unknown[] }} call
 */
async function answer(methods, { id, method, args }) {
	try {
		const called = methods[method];
		if (!called)
			throw new Error(`There is no method ${method}, but ${Object.keys(methods).join(', ')}`);
		send({ id, result: await called(...args) });
	} catch (error) {
		const { message, stack } = error instanceof Error ? error : new Error(String(error));
		send({ id, failure: { message, stack } });
	}
}

/** @param {unknown} message */
function send(message) {
	if (process.connected) process.send?.(message);
}
