/** How the library begins its details; they name the two sizes but not what to do. */
const TOO_LARGE = /^Received message larger than max \((\d+) vs\.? (\d+)\)/;

/** Adds to the details which setting sets the limit, where a request is larger than it. */
export function explainMessageSize(details: string): string {
	const [, given, limit] = TOO_LARGE.exec(details) ?? [];
	if (given === undefined) return details;
	return (
		`Received message larger than max (${given} vs. ${limit} bytes). Send a smaller file, ` +
		'or raise ARTIFICER_MAX_MESSAGE_MB on the server.'
	);
}
