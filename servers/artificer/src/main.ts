#!/usr/bin/env node
// Nothing but built-in modules may be imported here: the libraries below don't even parse on an old
// Node, and the person should read a sentence, not a stack.

/** Oldest Node that the engines' ES modules run on. */
const NEEDED = [22, 12] as const;

function nodeIsNewEnough(): boolean {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

if (nodeIsNewEnough()) {
	const { run } = await import('./run.js');
	await run();
} else {
	process.stderr.write(
		`artificer-server needs Node ${NEEDED.join('.')} or newer, but this is Node ` +
			`${process.versions.node}. Install a newer one from https://nodejs.org and start it again.\n`,
	);
	process.exitCode = 1;
}
