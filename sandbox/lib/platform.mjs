// @ts-check
import { SandboxFailure } from './failures.mjs';

/**
 * The oldest Node that the package itself supports, and on which these scripts were run.
 */
const oldestNode = 20;

/** Says in a sentence where this can't run. */
export function demandPlatform() {
	const [major] = process.versions.node.split('.').map(Number);
	if (major < oldestNode) {
		throw new SandboxFailure(
			`This is Node ${process.versions.node}, and Node ${oldestNode} or newer is needed: install one from nodejs.org.`,
		);
	}
	if (process.platform === 'win32') {
		throw new SandboxFailure(
			'The sandbox runs on Linux and macOS: on Windows, run it inside WSL (Windows Subsystem for Linux).',
		);
	}
}
