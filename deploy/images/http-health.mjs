// @ts-check
// Ends with 0 when the given address answers with a status below 300 within 4 s, else with 1 and a
// sentence: the check of a container whose image has no curl.
const [address = ''] = process.argv.slice(2);
try {
	const { status } = await fetch(address, { signal: AbortSignal.timeout(4_000) });
	if (status >= 300) throw new Error(`status ${status}`);
} catch (error) {
	console.error(`${address} isn't well: ${error instanceof Error ? error.message : error}`);
	process.exitCode = 1;
}
